#include "domain/group_apps.hpp"

#include <utility>
#include <vector>

#include "domain/gate.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "domain/subscription_id.hpp"
#include "domain/subscription_rows.hpp"

namespace gatehouse {

namespace {

using AppForGroup = std::pair<AppId, AppForGroupRow>;

std::vector<AppForGroup> apps_for_group(const State& state, const GroupId& group) {
  std::vector<AppForGroup> apps;
  state.rows().scan(state_keys::apps_for_group(state.account_id(), group),
                    [&](std::string_view key, std::string_view value) {
                      KeyParts parts(key);
                      parts.text();
                      parts.text();
                      apps.emplace_back(parts.text(), unpack_row<AppForGroupRow>(value));
                      return true;
                    });
  return apps;
}

// A newcomer fares like those who were in the group when the app was added: where switching pre-approval off suspended theirs and no
// pre-approval covers him since, his is suspended as well.
std::uint64_t since_version(const State& state, const EventContext& context, const UserSubscription& subscription,
                            const AppId& app, const UserId& user, const AppForGroupRow& added) {
  const auto& governed = subscription.governed();
  const auto& member = subscription.member();
  const bool approved = governed.pre_approval_on && member && in_audience(state, governed, app, user, *member);
  return approved ? context.account_version : added.version;
}

void add_app(Table& rows, const EventContext& context, const UserId& user, const AppForGroup& app_for_group) {
  const auto& [app, added] = app_for_group;
  UserSubscription subscription(rows, context, app, user);
  if (subscription.governed().uninstalled_version > added.version || subscription.has_live())
    return;
  SubscriptionRow row;
  row.subscription_id = derived_subscription_id(context.event_id, app, user);
  row.scope = SubscriptionScope::user;
  row.credentials = Credentials::production;
  row.installed_by = added.added_by;
  row.granted_scopes = added.granted_scopes;
  row.installed_at = context.recorded_at;
  row.since_version = since_version(State(rows, context.stream), context, subscription, app, user, added);
  row.version = context.account_version;
  subscription.write(std::move(row));
}

void add_apps_since(Table& rows, const EventContext& context, const GroupId& group, const UserId& user,
                    std::uint64_t since) {
  const State state(rows, context.stream);
  const auto row = state.group(group);
  if (!row || !state.active_member(user))
    return;
  for (const auto& app : apps_for_group(state, group)) {
    if (app.second.version <= row->created_version)
      rows.erase(state_keys::app_for_group(context.stream, group, app.first));  // of an earlier group with the same id
    else if (app.second.version > since)
      add_app(rows, context, user, app);
  }
}

}  // namespace

void add_group_apps(Table& rows, const EventContext& context, const GroupId& group, const UserId& user) {
  add_apps_since(rows, context, group, user, 0);
}

void add_missed_group_apps(Table& rows, const EventContext& context, const UserId& user, std::uint64_t away_since) {
  for (const auto& group : State(rows, context.stream).groups_of(user))
    add_apps_since(rows, context, group, user, away_since);
}

}  // namespace gatehouse
