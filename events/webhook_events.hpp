// Events of webhook endpoints: how they come, change and go, and what became of each message. An endpoint is an account's, and hears what happens on
// it, or an app's, and hears what happens to the app on any account. What people do stands in the owner's stream (the account's, or the catalogue's);
// what the server found out by itself in outbound_stream.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// Whose an endpoint is and which one. `stream` is the account's, or catalogue_stream for an endpoint of the app.
struct EndpointName {
  AccountId stream;
  EndpointId endpoint_id;
  AppId app_id;  // empty for an account's endpoint
  auto operator<=>(const EndpointName&) const = default;
};
BOOST_DESCRIBE_STRUCT(EndpointName, (), (stream, endpoint_id, app_id))

struct WebhookEndpointRegistered {
  EndpointName endpoint;
  std::string url;
  std::vector<std::string> event_types;
  SignatureScheme scheme{};
};
BOOST_DESCRIBE_STRUCT(WebhookEndpointRegistered, (), (endpoint, url, event_types, scheme))

// As it is now. Another address, or another scheme, is challenged before anything goes there.
struct WebhookEndpointChanged {
  EndpointName endpoint;
  std::string url;
  std::vector<std::string> event_types;
  SignatureScheme scheme{};
  bool challenge{};
};
BOOST_DESCRIBE_STRUCT(WebhookEndpointChanged, (), (endpoint, url, event_types, scheme, challenge))

// The secret follows from the server's own and this number; it stands nowhere.
struct WebhookSecretRotated {
  EndpointName endpoint;
  std::uint32_t generation{};
};
BOOST_DESCRIBE_STRUCT(WebhookSecretRotated, (), (endpoint, generation))

// It is challenged; what was due when it was disabled goes out then.
struct WebhookEndpointEnabled {
  EndpointName endpoint;
};
BOOST_DESCRIBE_STRUCT(WebhookEndpointEnabled, (), (endpoint))

struct WebhookEndpointDisabled {
  EndpointName endpoint;
  EndpointDisabledCause cause{};
};
BOOST_DESCRIBE_STRUCT(WebhookEndpointDisabled, (), (endpoint, cause))

struct WebhookEndpointRemoved {
  EndpointName endpoint;
};
BOOST_DESCRIBE_STRUCT(WebhookEndpointRemoved, (), (endpoint))

struct WebhookValidationRequested {
  EndpointName endpoint;
};
BOOST_DESCRIBE_STRUCT(WebhookValidationRequested, (), (endpoint))

// The same message, with the same id, once more after what is due now.
struct WebhookResendRequested {
  EndpointName endpoint;
  std::string message_id;
};
BOOST_DESCRIBE_STRUCT(WebhookResendRequested, (), (endpoint, message_id))

// It answered the challenge.
struct WebhookEndpointValidated {
  EndpointName endpoint;
};
BOOST_DESCRIBE_STRUCT(WebhookEndpointValidated, (), (endpoint))

struct WebhookValidationFailed {
  EndpointName endpoint;
  std::uint32_t failures{};  // one after the other
  std::string reason;
  Timestamp retry_at;
};
BOOST_DESCRIBE_STRUCT(WebhookValidationFailed, (), (endpoint, failures, reason, retry_at))

// A message in its lane, which is an endpoint and an account: messages leave in the order of these, one after the other.
struct MessagePlace {
  AccountId account_id;      // whose event it is; catalogue_stream for the catalogue's
  std::uint64_t position{};  // of the event in the log, or of the request to send it again
  MessageForm form{};
  AppId app_id;  // where one event is told for many installations, each by a message of its own
  UserId user_id;
  auto operator<=>(const MessagePlace&) const = default;
};
BOOST_DESCRIBE_STRUCT(MessagePlace, (), (account_id, position, form, app_id, user_id))

struct WebhookDelivered {
  EndpointName endpoint;
  MessagePlace message;
  std::string message_id;
  std::uint32_t attempt{};  // from 1
  std::uint32_t status{};   // of the HTTP answer
  std::uint32_t milliseconds{};
};
BOOST_DESCRIBE_STRUCT(WebhookDelivered, (), (endpoint, message, message_id, attempt, status, milliseconds))

// `retry_at` is 0 when it was the last attempt. `status` is 0 when there was no HTTP answer.
struct WebhookDeliveryFailed {
  EndpointName endpoint;
  MessagePlace message;
  std::string message_id;
  std::uint32_t attempt{};
  std::uint32_t status{};
  std::uint32_t milliseconds{};
  std::string reason;
  Timestamp retry_at;
};
BOOST_DESCRIBE_STRUCT(WebhookDeliveryFailed, (),
                      (endpoint, message, message_id, attempt, status, milliseconds, reason, retry_at))

struct EndedSubscription {
  AppId app_id;
  UserId user_id;  // empty for the account's own
  SubscriptionId subscription_id;
  Credentials credentials{};
  UserId installed_by;
};
BOOST_DESCRIBE_STRUCT(EndedSubscription, (), (app_id, user_id, subscription_id, credentials, installed_by))

// The subscriptions that an earlier event ended without naming them, some at a time, in the order of app and user. Written only where an endpoint
// wants to hear of each.
struct DeauthorizationsListed {
  AccountId account_id;
  std::uint64_t account_version{};  // of that event, and its position
  std::uint64_t position{};
  std::vector<EndedSubscription> ended;
  bool complete{};  // these were the last ones
};
BOOST_DESCRIBE_STRUCT(DeauthorizationsListed, (), (account_id, account_version, position, ended, complete))

}  // namespace gatehouse
