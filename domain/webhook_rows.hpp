// The state's rows of webhooks: what decisions need to know of endpoints, and how far the dispatcher's records have come.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"
#include "events/webhook_events.hpp"

namespace gatehouse {

// `version` is that of the owner's stream: what the server found out by itself does not move it.
struct EndpointRow {
  AppId app_id;  // empty for an account's endpoint
  std::string url;
  std::vector<std::string> event_types;
  SignatureScheme scheme{};
  EndpointStatus status{};
  EndpointDisabledCause disabled_cause{};
  std::uint32_t generation{};  // of the secret, from 1
  Timestamp rotated_at;        // of the latest secret after the first; else 0
  std::uint32_t validation_failures{};
  std::string validation_reason;  // of the latest failure, until it is validated
  Timestamp validated_at;
  Timestamp registered_at;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(EndpointRow, (),
                      (app_id, url, event_types, scheme, status, disabled_cause, generation, rotated_at,
                       validation_failures, validation_reason, validated_at, registered_at, version))

// What is recorded of an endpoint's messages about one account: all up to `done` have their end, and of `tried` so many attempts.
struct LaneRow {
  MessagePlace done;
  MessagePlace tried;
  std::uint32_t attempts{};
};
BOOST_DESCRIBE_STRUCT(LaneRow, (), (done, tried, attempts))

// Subscriptions that an event ended without naming them and that are being listed: of the app, or of the user in every app. Listed up to the app
// and the user in `last_app` and `last_user`.
struct OpenListing {
  AccountId account_id;
  std::uint64_t account_version{};  // of the event
  AppId app_id;
  UserId user_id;
  bool started{};
  AppId last_app;
  UserId last_user;
};
BOOST_DESCRIBE_STRUCT(OpenListing, (), (account_id, account_version, app_id, user_id, started, last_app, last_user))

struct ListingsRow {
  std::vector<OpenListing> open;
};
BOOST_DESCRIBE_STRUCT(ListingsRow, (), (open))

}  // namespace gatehouse
