// Events of what leaves the server: mails that were queued, sent, failed, or held back. They record side effects; no rule
// depends on them. They stand in a stream of their own, outbound_stream.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// Who is to be told, as it was decided at this moment (D17). No recipients: there was nobody to tell.
struct NotificationQueued {
  AccountId account_id;
  NotificationId notification_id;
  NotificationKind kind{};
  AppId app_id;
  RequestId request_id;
  std::vector<UserId> recipients;
  RecipientResolution resolution{};
};
BOOST_DESCRIBE_STRUCT(NotificationQueued, (),
                      (account_id, notification_id, kind, app_id, request_id, recipients, resolution))

// A mail server has taken the mail, or it stands in the outbox folder.
struct NotificationSent {
  AccountId account_id;
  NotificationId notification_id;
  UserId user_id;
  std::string message_id;
};
BOOST_DESCRIBE_STRUCT(NotificationSent, (), (account_id, notification_id, user_id, message_id))

// `reason` names the step and the mail server's number, never an address. `retry_at` is 0 when it was the last attempt.
struct NotificationFailed {
  AccountId account_id;
  NotificationId notification_id;
  UserId user_id;
  std::uint32_t attempt{};  // from 1
  std::string reason;
  Timestamp retry_at;
};
BOOST_DESCRIBE_STRUCT(NotificationFailed, (), (account_id, notification_id, user_id, attempt, reason, retry_at))

// Nothing will be sent: to the one user, or with an empty user_id to anybody.
struct NotificationSuppressed {
  AccountId account_id;
  NotificationId notification_id;
  NotificationKind kind{};
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  SuppressionReason reason{};
};
BOOST_DESCRIBE_STRUCT(NotificationSuppressed, (),
                      (account_id, notification_id, kind, app_id, request_id, user_id, reason))

// An event that settled requests without naming them: each of them has its notification now.
struct SettledRequestsNotified {
  AccountId account_id;
  AppId app_id;
  RequestKind kind{};
  std::uint64_t settled_version{};  // account_version of that event
};
BOOST_DESCRIBE_STRUCT(SettledRequestsNotified, (), (account_id, app_id, kind, settled_version))

}  // namespace gatehouse
