// Folds of the allow list. Taking an entry off touches no subscription and no request (D5).
#include "domain/allow_list.hpp"
#include "domain/audience_settlement.hpp"
#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

GovernedAppRow touch_governed(Table& rows, const EventContext& context, const AppId& app) {
  auto governed = State(rows, context.stream).governed_app(app);
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, app), governed);
  return governed;
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const AllowListEntryAdded& event) {
  put_entry(rows, context, event.app_id, event.entry);
  const auto governed = touch_governed(rows, context, event.app_id);
  if (!governed.pre_approval_on || governed.audience != Audience::selected) return;
  const auto reach = reach_of_entry(State(rows, context.stream), event.app_id, event.entry,
                                      covers(governed.includes_development), walk_unbounded);
  GATEHOUSE_ASSERT(reach.has_value());
  settle_audience(rows, context, event.app_id, *reach, approval_by(context, DecisionRoute::grant));
}

void evolve_one(Table& rows, const EventContext& context, const AllowListEntryBound& event) {
  bind_entry(rows, context, event.app_id, event.entry_id, event.user_id);
  touch_governed(rows, context, event.app_id);
}

void evolve_one(Table& rows, const EventContext& context, const AllowListEntryRemoved& event) {
  erase_entry(rows, context, event.app_id, event.entry_id);
  touch_governed(rows, context, event.app_id);
}

}  // namespace gatehouse
