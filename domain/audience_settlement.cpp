#include "domain/audience_settlement.hpp"

#include <utility>

#include "domain/subscription.hpp"
#include "domain/subscription_rows.hpp"

namespace gatehouse {

void settle_audience(Table& rows, const EventContext& context, const AppId& app, const AudienceReach& reach,
                     const RequestDecision& decision) {
  for (const auto& request : reach.requests)
    settle_request(rows, context, request, decision);
  for (const auto& user : reach.suspensions)
    lift_suspension(rows, context, app, user);
}

void settle_everyone(Table& rows, const EventContext& context, const AppId& app, const RequestDecision& decision,
                     GovernedAppRow& governed) {
  const auto settles = governed.includes_development ? Settles::all : Settles::production;
  settle_all_requests(rows, context, app, RequestKind::pre_approval, settles, decision, governed);
  governed.everyone_version = context.account_version;
  if (governed.includes_development) {
    governed.everyone_development_version = context.account_version;
    governed.suspended_development = 0;
  }
  governed.suspended = governed.suspended_development;
  governed.everyone_suspended = 0;
}

std::uint64_t lifted_by(const GovernedAppRow& governed, Covers covered) {
  return suspended_subscriptions(governed) - (covered == Covers::development_too ? 0 : governed.suspended_development);
}

RequestDecision approval_by(const EventContext& context, DecisionRoute via, PersonalText reason) {
  return {RequestStatus::approved, UserId{context.actor.id}, std::move(reason), via};
}

}  // namespace gatehouse
