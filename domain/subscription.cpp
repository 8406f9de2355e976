#include "domain/subscription.hpp"

#include <algorithm>

#include "domain/subscription_id.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

// When the row's subscription ended; 0 while it lives.
std::uint64_t end_version(const SubscriptionRow& row, const GovernedAppRow& governed) {
  if (row.ended_version != 0)
    return row.ended_version;
  return governed.uninstalled_version > row.since_version ? governed.uninstalled_version : 0;
}

bool suspended_by_pre_approval(const SubscriptionRow& row, const GovernedAppRow& governed) {
  const auto off = governed.pre_approval_off_version;
  const auto everyone =
      row.credentials == Credentials::production ? governed.everyone_version : governed.everyone_development_version;
  return off > row.since_version && off > everyone && off > row.lifted_version;
}

std::vector<SuspensionCause> causes_of(const SubscriptionRow& row, const GovernedAppRow& governed,
                                       const std::optional<MemberRow>& member) {
  std::vector<SuspensionCause> causes;
  if (row.disabled_by_admin)
    causes.push_back(SuspensionCause::admin);
  if (suspended_by_pre_approval(row, governed))
    causes.push_back(SuspensionCause::pre_approval_off);
  if (governed.restricted && governed.restriction_suspended_version != 0)
    causes.push_back(SuspensionCause::restricted);
  if (member && member->status == MemberStatus::deactivated)
    causes.push_back(SuspensionCause::member_deactivated);
  return causes;
}

// Settles what follows for everybody: the account's uninstallation and the withdrawal of the app.
void settle(Subscription& subscription, const std::optional<AppRow>& app, const GovernedAppRow& governed,
            const std::optional<MemberRow>& member) {
  const auto ended = end_version(subscription.row, governed);
  const bool withdrawn = app && app->withdrawn;
  subscription.live = ended == 0 && !withdrawn;
  if (subscription.live) {
    subscription.causes = causes_of(subscription.row, governed, member);
  } else if (subscription.row.ended_version != 0) {
    subscription.ended_cause = subscription.row.ended_cause;
  } else {
    subscription.ended_cause = ended != 0 ? UninstallCause::admin : UninstallCause::app_withdrawn;
  }
}

// D14: everyone who is an active member now or joins later has the app, unless his own row says something newer.
bool follows_from_everyone(const GovernedAppRow& governed, const std::optional<MemberRow>& member,
                           const std::optional<SubscriptionRow>& own) {
  if (governed.added_for_everyone_version == 0)
    return false;
  if (!member || member->status != MemberStatus::active)
    return false;
  if (!own)
    return true;
  const auto ended = end_version(*own, governed);
  return ended != 0 && ended < std::max(governed.added_for_everyone_version, member->joined_version);
}

SubscriptionRow row_from_everyone(const GovernedAppRow& governed, const MemberRow& member, const AppId& app_id,
                                  const UserId& user) {
  SubscriptionRow row;
  row.subscription_id = derived_subscription_id(governed.added_for_everyone_event, app_id, user);
  row.scope = SubscriptionScope::user;
  row.credentials = Credentials::production;
  row.installed_by = governed.added_for_everyone_by;
  row.granted_scopes = governed.added_for_everyone_scopes;
  row.installed_at = std::max(governed.added_for_everyone_at, member.joined_at);
  // Since the app was added, not since the member joined: what was switched off in between is off for the newcomer as well.
  row.since_version = governed.added_for_everyone_version;
  row.version = std::max(governed.added_for_everyone_version, member.joined_version);
  return row;
}

}  // namespace

bool Subscription::has(SuspensionCause cause) const {
  return std::find(causes.begin(), causes.end(), cause) != causes.end();
}

std::optional<Subscription> user_subscription_from(const SubscriptionFacts& facts, const AppId& app_id,
                                                   const UserId& user, const std::optional<SubscriptionRow>& own) {
  const auto& [app, governed, member] = facts;
  Subscription subscription;
  subscription.user_id = user;
  subscription.derived = follows_from_everyone(governed, member, own);
  if (!subscription.derived && !own)
    return std::nullopt;
  subscription.row = subscription.derived ? row_from_everyone(governed, *member, app_id, user) : *own;
  settle(subscription, app, governed, member);
  return subscription;
}

std::optional<Subscription> effective_user_subscription(const State& state, const AppId& app_id, const UserId& user) {
  const auto own = state.user_subscription(app_id, user);
  const auto governed = state.governed_app(app_id);
  if (!own && governed.added_for_everyone_version == 0)
    return std::nullopt;
  return user_subscription_from({state.app(app_id), governed, state.member(user)}, app_id, user, own);
}

std::optional<Subscription> effective_account_subscription(const State& state, const AppId& app_id) {
  const auto own = state.account_subscription(app_id);
  if (!own)
    return std::nullopt;
  Subscription subscription;
  subscription.row = *own;
  settle(subscription, state.app(app_id), state.governed_app(app_id), std::nullopt);
  subscription.orphaned = subscription.live && !state.active_member(own->installed_by);
  return subscription;
}

std::uint64_t everyone_subscriptions(const AccountRow& account, const GovernedAppRow& governed) {
  if (governed.added_for_everyone_version == 0)
    return 0;
  GATEHOUSE_ASSERT(account.active_members >= governed.overrides);
  return account.active_members - governed.overrides;
}

std::uint64_t live_subscriptions(const AccountRow& account, const GovernedAppRow& governed) {
  return governed.live + everyone_subscriptions(account, governed);
}

std::uint64_t suspended_subscriptions(const GovernedAppRow& governed) {
  return governed.suspended + governed.everyone_suspended;
}

}  // namespace gatehouse
