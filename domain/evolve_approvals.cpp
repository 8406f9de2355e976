// Folds of what happens to an app's pre-approval: granted, opened, narrowed, switched off.
#include "domain/allow_list.hpp"
#include "domain/audience_settlement.hpp"
#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

void put_governed(Table& rows, const EventContext& context, const AppId& app, GovernedAppRow& governed) {
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, app), governed);
}

// Every live subscription is suspended, exempt apps' too (D4); the audience and the list stay as they are.
void switch_off(const State& state, const EventContext& context, GovernedAppRow& governed) {
  governed.pre_approval_on = false;
  governed.pre_approval_off_version = context.account_version;
  governed.suspended = governed.live;
  governed.suspended_development = governed.live_development;
  const auto account = state.account();
  governed.everyone_suspended = account ? everyone_subscriptions(*account, governed) : 0;
}

void open_to_list(Table& rows, const EventContext& context, const AppId& app, const RequestDecision& decision) {
  const State state(rows, context.stream);
  const auto covered = covers(state.governed_app(app).includes_development);
  const auto reach = reach_of_list(state, app, covered, walk_unbounded);
  GATEHOUSE_ASSERT(reach.has_value());
  settle_audience(rows, context, app, *reach, decision);
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const PreApprovalGranted& event) {
  for (const auto& entry : event.entries)
    put_entry(rows, context, event.app_id, entry);
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  governed.pre_approval_on = true;
  governed.audience = event.audience;
  governed.includes_development = event.includes_development;
  governed.approved_scopes = event.approved_scopes;
  governed.approver_id = UserId{context.actor.id};
  governed.approved_at = context.recorded_at;
  if (event.audience == Audience::everyone) {
    settle_everyone(rows, context, event.app_id, approval_by(context, event.via, event.reason), governed);
  }
  put_governed(rows, context, event.app_id, governed);
  // Whoever stood on the list before the inbox added to it is approved by the grant.
  if (event.audience == Audience::selected) {
    open_to_list(rows, context, event.app_id, approval_by(context, DecisionRoute::grant, event.reason));
  }
}

void evolve_one(Table& rows, const EventContext& context, const InstallAudienceChanged& event) {
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  governed.audience = event.audience;
  if (governed.pre_approval_on && event.audience == Audience::everyone) {
    settle_everyone(rows, context, event.app_id, approval_by(context, DecisionRoute::grant), governed);
  }
  put_governed(rows, context, event.app_id, governed);
}

void evolve_one(Table& rows, const EventContext& context, const PreApprovalDisabled& event) {
  const State state(rows, context.stream);
  auto governed = state.governed_app(event.app_id);
  switch_off(state, context, governed);
  put_governed(rows, context, event.app_id, governed);
}

void evolve_one(Table& rows, const EventContext& context, const AllRequestsDeclined& event) {
  const State state(rows, context.stream);
  auto governed = state.governed_app(event.app_id);
  settle_all_requests(rows, context, event.app_id, RequestKind::pre_approval, Settles::all,
                      {RequestStatus::rejected, event.decided_by, event.reason, DecisionRoute::decline_all}, governed);
  if (event.pre_approval_revoked || event.suspended != 0)
    switch_off(state, context, governed);
  put_governed(rows, context, event.app_id, governed);
}

}  // namespace gatehouse
