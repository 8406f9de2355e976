// What the API shows of an event's data, where that is not just what is stored: what was asked for stands in the data itself, and what is true of every event of a type, and therefore in
// none of them, is told.
#pragma once
#include <boost/describe/class.hpp>

#include "events/event.hpp"

namespace gatehouse::api {

// By an admin, of one subscription; what hits many is the event of its own intent.
struct SwitchedSubscription {
  AppId app_id;
  SubscriptionId subscription_id;
  UserId user_id;
  SuspensionCause cause = SuspensionCause::admin;
};
BOOST_DESCRIBE_STRUCT(SwitchedSubscription, (), (app_id, subscription_id, user_id, cause))

// In the inbox, by naming it; what rejects many is the event of its own intent.
struct RejectedRequest {
  AppId app_id;
  RequestId request_id;
  UserId user_id;
  UserId decided_by;
  PersonalText reason;
  DecisionRoute via = DecisionRoute::inbox;
  AudienceEffect audience_effect = AudienceEffect::none;
};
BOOST_DESCRIBE_STRUCT(RejectedRequest, (), (app_id, request_id, user_id, decided_by, reason, via, audience_effect))

template <class T>
[[nodiscard]] const T& form_of(const T& event) {
  return event;
}
[[nodiscard]] inline const RequestDetails& form_of(const PreApprovalRequested& event) { return event.request; }
[[nodiscard]] inline const RequestDetails& form_of(const InstallRequested& event) { return event.request; }
[[nodiscard]] inline SwitchedSubscription form_of(const SubscriptionDisabled& event) {
  return {.app_id = event.app_id, .subscription_id = event.subscription_id, .user_id = event.user_id};
}
[[nodiscard]] inline SwitchedSubscription form_of(const SubscriptionEnabled& event) {
  return {.app_id = event.app_id, .subscription_id = event.subscription_id, .user_id = event.user_id};
}
[[nodiscard]] inline RejectedRequest form_of(const PreApprovalRequestRejected& event) {
  return {.app_id = event.app_id,
          .request_id = event.request_id,
          .user_id = event.user_id,
          .decided_by = event.decided_by,
          .reason = event.reason};
}

}  // namespace gatehouse::api
