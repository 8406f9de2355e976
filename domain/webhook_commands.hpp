// Commands that keep webhook endpoints, and those that the dispatcher gives to record what it does (actor type system; each may come again and
// changes nothing then).
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"
#include "events/webhook_events.hpp"

#define GATEHOUSE_WEBHOOK_COMMANDS(X) \
  X(RegisterWebhook) \
  X(ChangeWebhook) \
  X(RotateWebhookSecret) X(EnableWebhook) X(DisableWebhook) X(RemoveWebhook) X(ValidateWebhook) X(ResendWebhook)

#define GATEHOUSE_WEBHOOK_RECORDS(X) \
  X(RecordWebhookValidated) \
  X(RecordWebhookValidationFailure) X(RecordWebhookDelivered) X(RecordWebhookFailure) X(RecordDeauthorizations)

namespace gatehouse {

// Of the account, or with app_id of the app. `scheme` is standard when it is not sent.
struct RegisterWebhook {
  std::string url;
  std::vector<std::string> event_types;
  std::optional<AppId> app_id{};
  std::optional<SignatureScheme> scheme{};
};
BOOST_DESCRIBE_STRUCT(RegisterWebhook, (), (url, event_types, app_id, scheme))

struct ChangeWebhook {
  EndpointId endpoint_id;
  std::optional<std::string> url{};
  std::optional<std::vector<std::string>> event_types{};
  std::optional<SignatureScheme> scheme{};
};
BOOST_DESCRIBE_STRUCT(ChangeWebhook, (), (endpoint_id, url, event_types, scheme))

struct RotateWebhookSecret {
  EndpointId endpoint_id;
};
BOOST_DESCRIBE_STRUCT(RotateWebhookSecret, (), (endpoint_id))

struct EnableWebhook {
  EndpointId endpoint_id;
};
BOOST_DESCRIBE_STRUCT(EnableWebhook, (), (endpoint_id))

struct DisableWebhook {
  EndpointId endpoint_id;
};
BOOST_DESCRIBE_STRUCT(DisableWebhook, (), (endpoint_id))

struct RemoveWebhook {
  EndpointId endpoint_id;
};
BOOST_DESCRIBE_STRUCT(RemoveWebhook, (), (endpoint_id))

struct ValidateWebhook {
  EndpointId endpoint_id;
};
BOOST_DESCRIBE_STRUCT(ValidateWebhook, (), (endpoint_id))

struct ResendWebhook {
  EndpointId endpoint_id;
  std::string message_id;
};
BOOST_DESCRIBE_STRUCT(ResendWebhook, (), (endpoint_id, message_id))

// Of the challenge to what the endpoint was at this version; of no account once it was changed.
struct RecordWebhookValidated {
  EndpointName endpoint;
  std::uint64_t endpoint_version{};
};

struct RecordWebhookValidationFailure {
  EndpointName endpoint;
  std::uint64_t endpoint_version{};
  std::string reason;
  Timestamp retry_at;
};

struct RecordWebhookDelivered {
  WebhookDelivered delivered;
};

struct RecordWebhookFailure {
  WebhookDeliveryFailed failed;
  bool gone{};  // the receiver said that it will never want anything again
};

struct RecordDeauthorizations {
  std::uint64_t account_version{};
  std::uint64_t position{};
  std::vector<EndedSubscription> ended;  // in the order of app and user, those that follow the ones recorded before
  bool complete{};
};

}  // namespace gatehouse
