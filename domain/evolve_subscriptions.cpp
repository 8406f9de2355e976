// Folds of the events of single subscriptions.
#include <utility>

#include "domain/folds.hpp"
#include "domain/request_settlement.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "domain/subscription_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

SubscriptionRow installed_row(const EventContext& context, const AppInstalled& event) {
  SubscriptionRow row;
  row.subscription_id = event.subscription_id;
  row.scope = event.scope;
  row.credentials = event.credentials;
  row.installed_by = event.installed_by;
  row.granted_scopes = event.granted_scopes;
  row.installed_at = context.recorded_at;
  row.since_version = row.version = context.account_version;
  return row;
}

void install_for_account(Table& rows, const EventContext& context, const AppInstalled& event) {
  auto governed = State(rows, context.stream).governed_app(event.app_id);
  put_row(rows, state_keys::account_subscription(context.stream, event.app_id), installed_row(context, event));
  ++governed.live;
  if (event.credentials == Credentials::development)
    ++governed.live_development;
  // All pending install requests of the app are fulfilled by this one event (R43).
  settle_all_requests(rows, context, event.app_id, RequestKind::install, Settles::all,
                      {RequestStatus::fulfilled, event.installed_by, {}, DecisionRoute::install}, governed);
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, event.app_id), governed);
}

void switch_subscription(Table& rows, const EventContext& context, const AppId& app, const UserId& user,
                         const SubscriptionId& id, bool disabled) {
  UserSubscription subscription(rows, context, app, user);
  auto present = subscription.present();
  if (!present || present->row.subscription_id != id)
    return;
  present->row.disabled_by_admin = disabled;
  present->row.version = context.account_version;
  subscription.write(std::move(present->row));
}

void uninstall_for_account(Table& rows, const EventContext& context, const AppId& app) {
  auto governed = State(rows, context.stream).governed_app(app);
  governed.uninstalled_version = governed.version = context.account_version;
  governed.uninstalled_at = context.recorded_at;
  governed.everyone_grants.clear();
  governed.live = governed.live_development = governed.suspended = governed.suspended_development = 0;
  governed.live_members = governed.overrides = 0;
  governed.everyone_deactivated = governed.everyone_suspended = 0;
  put_row(rows, state_keys::governed_app(context.stream, app), governed);
  mark_for_everyone(rows, context.stream, app, false);
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const AppInstalled& event) {
  if (event.scope == SubscriptionScope::account)
    return install_for_account(rows, context, event);
  UserSubscription(rows, context, event.app_id, event.installed_for).write(installed_row(context, event));
}

void evolve_one(Table& rows, const EventContext& context, const SubscriptionDisabled& event) {
  switch_subscription(rows, context, event.app_id, event.user_id, event.subscription_id, true);
}

void evolve_one(Table& rows, const EventContext& context, const SubscriptionEnabled& event) {
  switch_subscription(rows, context, event.app_id, event.user_id, event.subscription_id, false);
}

void evolve_one(Table& rows, const EventContext& context, const SubscriptionInstallerTransferred& event) {
  const State state(rows, context.stream);
  auto row = state.account_subscription(event.app_id);
  if (!row || row->subscription_id != event.subscription_id)
    return;
  row->installed_by = event.installer_id;
  row->version = context.account_version;
  put_row(rows, state_keys::account_subscription(context.stream, event.app_id), *row);
}

void evolve_one(Table& rows, const EventContext& context, const AppUninstalled& event) {
  if (event.target == UninstallTarget::account)
    return uninstall_for_account(rows, context, event.app_id);
  end_subscription(rows, context, event.app_id, event.user_id, event.cause);
}

}  // namespace gatehouse
