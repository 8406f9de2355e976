// Commands that the dispatcher gives to record what it does, so that a restart, a rebuild or a restore sends nothing twice that was recorded. They
// come from the program itself alone (actor type system); each may come again and changes nothing then.
#pragma once
#include <optional>
#include <string>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"

#define GATEHOUSE_DELIVERY_COMMANDS(X) \
  X(QueueNotification) \
  X(RecordNotificationSent) X(RecordNotificationFailure) X(SuppressNotification) X(RecordSettledRequestsNotified)

namespace gatehouse {

// Decides who is told about the request now, or that nobody is.
struct QueueNotification {
  RequestId request_id;
  NotificationKind kind{};
};

struct RecordNotificationSent {
  NotificationId notification_id;
  UserId user_id;
  std::string message_id;
};

struct RecordNotificationFailure {
  NotificationId notification_id;
  UserId user_id;
  std::uint32_t attempt{};
  std::string reason;
  std::optional<Timestamp> retry_at;  // none: it was the last attempt
};

struct SuppressNotification {
  NotificationId notification_id;
  UserId user_id;
  SuppressionReason reason{};
};

struct RecordSettledRequestsNotified {
  AppId app_id;
  RequestKind kind{};
  std::uint64_t settled_version{};
};

}  // namespace gatehouse
