// Restricting an app on an account and lifting the restriction (D23). Sent again, both change nothing; a restriction may be sent again to switch off
// what it left alone.
#include "domain/governable_app.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

Decided decide_one(const State& state, const DecisionContext& context, const RestrictApp& command) {
  const auto app = governed_or_visible_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const auto governed = state.governed_app(command.app_id);
  const bool suspends = command.disable_existing.value_or(false) && governed.restriction_suspended_version == 0;
  if (governed.restricted && !suspends) return Decision{};
  const auto rejected = governed.pre_approval_requests.pending + governed.install_requests.pending;
  const auto suspended = suspends ? live_subscriptions_of(state, command.app_id, *app) : 0;
  Decision decision;
  decision.result = {{"rejected_requests", rejected}, {"suspended", suspended}};
  decision.events.push_back(
      {state.account_id(), AppRestricted{.app_id = command.app_id,
                                         .reason = personal(UserId{context.caller.id}, command.reason.value_or("")),
                                         .disable_existing = suspends,
                                         .rejected_requests = rejected,
                                         .suspended = suspended}});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const LiftRestriction& command) {
  const auto app = governed_or_visible_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const auto governed = state.governed_app(command.app_id);
  if (!governed.restricted) return Decision{};
  const bool suspended = governed.restriction_suspended_version != 0;
  const auto lifted = suspended ? live_subscriptions_of(state, command.app_id, *app) : 0;
  Decision decision;
  decision.result = {{"lifted", lifted}};
  decision.events.push_back(
      {state.account_id(), AppRestrictionLifted{.app_id = command.app_id,
                                                .reason = personal(UserId{context.caller.id}, command.reason.value_or("")),
                                                .lifted = lifted}});
  return decision;
}

}  // namespace gatehouse
