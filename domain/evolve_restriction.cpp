// Folds of an app's restriction (D23). A restriction sent again to switch existing subscriptions off keeps its first author and reason.
#include "domain/folds.hpp"
#include "domain/request_settlement.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

void evolve_one(Table& rows, const EventContext& context, const AppRestricted& event) {
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  const RequestDecision rejected{
      RequestStatus::rejected, UserId{context.actor.id}, {{}, "app_restricted"}, DecisionRoute::restriction};
  for (const auto kind : {RequestKind::pre_approval, RequestKind::install}) {
    settle_all_requests(rows, context, event.app_id, kind, Settles::all, rejected, governed);
  }
  if (!governed.restricted) {
    governed.restricted = true;
    governed.restricted_by = UserId{context.actor.id};
    governed.restricted_at = context.recorded_at;
    governed.restriction_reason = event.reason;
  }
  if (event.disable_existing)
    governed.restriction_suspended_version = context.account_version;
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, event.app_id), governed);
}

void evolve_one(Table& rows, const EventContext& context, const AppRestrictionLifted& event) {
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  governed.restricted = false;
  governed.restricted_by = {};
  governed.restricted_at = {};
  governed.restriction_reason = {};
  governed.restriction_suspended_version = 0;
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, event.app_id), governed);
}

}  // namespace gatehouse
