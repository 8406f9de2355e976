// Folds of an account's opening and its settings.
#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

AccountRow account_row(const Table& rows, const EventContext& context) {
  return State(rows, context.stream).account().value_or(AccountRow{});
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const AccountOpened& event) {
  put_row(rows, state_keys::account(context.stream),
          AccountRow{.name = event.name,
                     .owner_id = event.owner_id,
                     .public_policy = event.public_policy,
                     .unlisted_policy = event.unlisted_policy,
                     .user_installs_blocked = event.user_installs_blocked,
                     .notifications_enabled = event.notifications_enabled,
                     .notification_recipients = event.notification_recipients,
                     .active_members = 0,
                     .apps_for_everyone = 0,
                     .opened_at = context.recorded_at,
                     .permissions_version = context.account_version,
                     .notifications_version = context.account_version});
}

void evolve_one(Table& rows, const EventContext& context, const ApprovalPolicyChanged& event) {
  auto account = account_row(rows, context);
  (event.app_class == AppClass::public_ ? account.public_policy : account.unlisted_policy) = event.policy;
  account.permissions_version = context.account_version;
  put_row(rows, state_keys::account(context.stream), account);
}

void evolve_one(Table& rows, const EventContext& context, const UserInstallBlockChanged& event) {
  auto account = account_row(rows, context);
  account.user_installs_blocked = event.blocked;
  account.permissions_version = context.account_version;
  put_row(rows, state_keys::account(context.stream), account);
}

void evolve_one(Table& rows, const EventContext& context, const NotificationSettingsChanged& event) {
  auto account = account_row(rows, context);
  account.notifications_enabled = event.enabled;
  account.notification_recipients = event.recipients;
  account.notifications_version = context.account_version;
  put_row(rows, state_keys::account(context.stream), account);
}

}  // namespace gatehouse
