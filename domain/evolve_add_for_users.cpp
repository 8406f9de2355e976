// Fold of AppAddedForAudience (D14): subscriptions for the audience, and its pre-approval.
#include <set>
#include <utility>

#include "domain/added_audience.hpp"
#include "domain/audience_settlement.hpp"
#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "domain/subscription_id.hpp"
#include "domain/subscription_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

void subscribe(Table& rows, const EventContext& context, const AppAddedForAudience& event, const UserId& user) {
  UserSubscription subscription(rows, context, event.app_id, user);
  const auto& member = subscription.member();
  if (!member || member->status != MemberStatus::active)
    return;
  if (const auto present = subscription.present(); present && present->live)
    return;
  SubscriptionRow row;
  row.subscription_id = derived_subscription_id(context.event_id, event.app_id, user);
  row.scope = SubscriptionScope::user;
  row.credentials = Credentials::production;
  row.installed_by = event.added_by;
  row.granted_scopes = event.granted_scopes;
  row.installed_at = context.recorded_at;
  row.since_version = row.version = context.account_version;
  subscription.write(std::move(row));
}

std::set<UserId> audience_of(const State& state, const AppAddedForAudience& event) {
  std::set<UserId> users(event.user_ids.begin(), event.user_ids.end());
  for (const auto& group : event.group_ids) {
    state.visit_group_members(group, [&](const UserId& user) {
      users.insert(user);
      return true;
    });
  }
  return users;
}

void add_for_everyone(Table& rows, const EventContext& context, const AppAddedForAudience& event) {
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  pre_approve_audience(context, event, governed);
  settle_everyone(rows, context, event.app_id, approval_by(context, DecisionRoute::grant), governed);
  governed.version = context.account_version;
  if (!event.keeps_present) {
    governed.everyone_grants.clear();
    governed.everyone_deactivated = 0;
  }
  governed.everyone_grants.push_back({.version = context.account_version,
                                      .event_id = context.event_id,
                                      .added_by = event.added_by,
                                      .added_at = context.recorded_at,
                                      .scopes = event.granted_scopes,
                                      .keeps_present = event.keeps_present});
  governed.overrides = governed.live_members;
  governed.everyone_suspended = 0;
  put_row(rows, state_keys::governed_app(context.stream, event.app_id), governed);
  mark_for_everyone(rows, context.stream, event.app_id, true);
}

void add_for_selected(Table& rows, const EventContext& context, const AppAddedForAudience& event) {
  for (const auto& user : audience_of(State(rows, context.stream), event))
    subscribe(rows, context, event, user);
  for (const auto& group : event.group_ids) {
    put_row(rows, state_keys::app_for_group(context.stream, group, event.app_id),
            AppForGroupRow{event.added_by, context.recorded_at, event.granted_scopes, context.account_version});
  }
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  pre_approve_audience(context, event, governed);
  governed.version = context.account_version;
  if (!event.group_ids.empty())
    governed.added_for_groups_version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, event.app_id), governed);
  if (governed.audience == Audience::everyone)
    return;

  list_audience(rows, context, event);
  const auto reach =
      reach_of_list(State(rows, context.stream), event.app_id, covers(governed.includes_development), walk_unbounded);
  GATEHOUSE_ASSERT(reach.has_value());
  settle_audience(rows, context, event.app_id, *reach, approval_by(context, DecisionRoute::grant));
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const AppAddedForAudience& event) {
  if (event.audience == Audience::everyone) {
    add_for_everyone(rows, context, event);
  } else {
    add_for_selected(rows, context, event);
  }
}

}  // namespace gatehouse
