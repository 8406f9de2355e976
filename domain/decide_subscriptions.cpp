// One subscription switched off and on by an admin, and the transfer of an account installation to another admin (D26).
#include <utility>
#include <vector>

#include "domain/gate.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

// The user's live subscription of a user-level app, or why there is nothing to switch.
tl::expected<Subscription, Rejection> switchable(const State& state, const AppId& app_id, const UserId& user) {
  const auto app = governed_or_visible_app(state, app_id);
  if (!app)
    return tl::unexpected(app.error());
  if (!state.member(user))
    return refuse(RejectionCode::user_not_found, "There is no such member.");
  if (app->facts.level == ManagementLevel::account) {
    return refuse(RejectionCode::account_level_app,
                  "An account-level app has one subscription for all; restrict or uninstall the app.");
  }
  auto subscription = effective_user_subscription(state, app_id, user);
  if (subscription && subscription->live)
    return *std::move(subscription);
  return refuse(RejectionCode::not_installed, "The user has no live subscription of this app.");
}

// What keeps a subscription suspended although no admin disabled it.
tl::unexpected<Rejection> still_suspended(const Subscription& subscription) {
  if (subscription.has(SuspensionCause::pre_approval_off)) {
    return refuse(RejectionCode::pre_approval_off,
                  "Switched off with the app's pre-approval; grant it again for this user.");
  }
  if (subscription.has(SuspensionCause::restricted)) {
    return refuse(RejectionCode::app_restricted, "Switched off with the app's restriction; lift the restriction.");
  }
  return refuse(RejectionCode::subscription_suspended, "The member is deactivated.");
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& /*context*/, const EnableSubscription& command) {
  const auto subscription = switchable(state, command.app_id, command.user_id);
  if (!subscription)
    return tl::unexpected(subscription.error());
  Decision decision;
  if (subscription->row.disabled_by_admin) {
    decision.events.push_back(
        {state.account_id(), SubscriptionEnabled{command.app_id, subscription->row.subscription_id, command.user_id}});
  } else if (!subscription->active()) {
    return still_suspended(*subscription);
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& /*context*/, const DisableSubscription& command) {
  const auto subscription = switchable(state, command.app_id, command.user_id);
  if (!subscription)
    return tl::unexpected(subscription.error());
  Decision decision;
  if (subscription->row.disabled_by_admin)
    return decision;
  decision.events.push_back(
      {state.account_id(), SubscriptionDisabled{command.app_id, subscription->row.subscription_id, command.user_id}});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& /*context*/, const TransferInstaller& command) {
  const auto app = governed_or_visible_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  if (app->facts.level == ManagementLevel::user)
    return refuse(RejectionCode::user_level_app, "Users install this app themselves.");
  const auto heir = state.active_member(command.user_id);
  if (!heir)
    return refuse(RejectionCode::user_not_found, "There is no such active member.");
  auto missing = missing_scopes(state, *app, *heir);
  if (!missing.empty() || !holds(state, command.user_id, marketplace_edit)) {
    Rejection rejection{.code = RejectionCode::recipient_not_eligible,
                        .detail = "The member could not install this app."};
    rejection.user_id = command.user_id;
    if (!missing.empty())
      rejection.unmet.push_back({GateCode::missing_scopes, 10, std::move(missing), {}});
    return tl::unexpected(std::move(rejection));
  }
  const auto subscription = effective_account_subscription(state, command.app_id);
  if (!subscription || !subscription->live)
    return refuse(RejectionCode::not_installed, "The app is not installed for the account.");
  Decision decision;
  const auto& row = subscription->row;
  if (row.installed_by == command.user_id)
    return decision;
  decision.events.push_back({state.account_id(), SubscriptionInstallerTransferred{command.app_id, row.subscription_id,
                                                                                  row.installed_by, command.user_id}});
  return decision;
}

}  // namespace gatehouse
