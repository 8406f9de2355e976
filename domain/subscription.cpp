#include "domain/subscription.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

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

// Settles what follows for everybody: the account's uninstallation and the withdrawal of the app. What ended it first is what it ended by.
void settle(Subscription& subscription, const std::optional<AppRow>& app, const GovernedAppRow& governed,
            const std::optional<MemberRow>& member) {
  auto& row = subscription.row;
  const auto ended = end_version(row, governed);
  const bool withdrawn = app && app->withdrawn;
  subscription.live = ended == 0 && !withdrawn;
  if (subscription.live) {
    subscription.causes = causes_of(row, governed, member);
    return;
  }
  if (ended != 0 && row.ended_version == 0) {
    row.ended_cause = UninstallCause::admin;
    row.ended_at = governed.uninstalled_at;
  }
  // The catalogue has versions of its own, so times tell. Of a withdrawn app nothing but the member's leaving comes later.
  const bool withdrawn_first =
      withdrawn &&
      (ended == 0 || (row.ended_cause == UninstallCause::member_removed && app->withdrawn_at <= row.ended_at));
  if (withdrawn_first) {
    row.ended_cause = UninstallCause::app_withdrawn;
    row.ended_at = app->withdrawn_at;
  }
}

// Who joined everyone or a group after the app was withdrawn has never had it.
bool began_after_withdrawal(const SubscriptionRow& row, const std::optional<AppRow>& app) {
  return app && app->withdrawn && row.installed_at > app->withdrawn_at;
}

// When somebody began to be one of everyone. To return from deactivation is to have again what was there; for events of before version 3 it is to join.
struct Membership {
  std::uint64_t version{};
  Timestamp since;
};

Membership membership_of(const EveryoneGrant& grant, const MemberRow& member) {
  if (grant.keeps_present)
    return {member.member_since_version, member.member_since};
  return {member.joined_version, member.joined_at};
}

// Those that reach the member: all of them one who is active, those of until then one who is deactivated. Ascending.
using Grants = std::span<const EveryoneGrant>;
Grants grants_reaching(const GovernedAppRow& governed, const std::optional<MemberRow>& member) {
  const Grants grants = governed.everyone_grants;
  if (!member || member->status == MemberStatus::removed)
    return {};
  if (member->status == MemberStatus::active)
    return grants;
  const auto later = std::ranges::upper_bound(grants, member->deactivated_version, {}, &EveryoneGrant::version);
  return grants.first(static_cast<std::size_t>(later - grants.begin()));
}

// D14: everyone who is a member now or joins later has the app, unless his own row says something newer.
bool follows_from_everyone(const GovernedAppRow& governed, const std::optional<MemberRow>& member,
                           const std::optional<SubscriptionRow>& own) {
  const auto grants = grants_reaching(governed, member);
  if (grants.empty())
    return false;
  if (!own)
    return true;
  const auto ended = end_version(*own, governed);
  return ended != 0 && ended < std::max(grants.back().version, membership_of(grants.back(), *member).version);
}

// Whether he had it by the event of before version 3 that the others follow: those leave what he has as it is.
bool has_by_former_rule(Grants grants, const MemberRow& member, std::uint64_t ended) {
  const auto& former = grants.front();
  if (former.keeps_present)
    return false;
  const auto joined = membership_of(former, member).version;
  return ended < std::max(former.version, joined) && (grants.size() == 1 || joined < grants[1].version);
}

// By which he has it: the first that found him without one, or the newest that he found when he joined. A later one leaves his as it is.
const EveryoneGrant& grant_for(const GovernedAppRow& governed, const MemberRow& member,
                               const std::optional<SubscriptionRow>& own) {
  const auto grants = grants_reaching(governed, member);
  const auto ended = own ? end_version(*own, governed) : 0;
  if (has_by_former_rule(grants, member, ended))
    return grants.front();
  const auto joined = membership_of(grants.back(), member).version;
  const auto later = std::ranges::upper_bound(grants, std::max(ended, joined), {}, &EveryoneGrant::version);
  if (later != grants.end() && (ended > joined || later == grants.begin()))
    return *later;
  return *std::prev(later);
}

// What decides whether it is live and what suspends it.
SubscriptionRow standing_row_from(const EveryoneGrant& grant) {
  SubscriptionRow row;
  row.credentials = Credentials::production;
  // Since the app was added, not since the member joined: what was switched off in between is off for the newcomer as well.
  row.since_version = grant.version;
  return row;
}

SubscriptionRow row_from(const EveryoneGrant& grant, const MemberRow& member, const AppId& app_id, const UserId& user) {
  const auto membership = membership_of(grant, member);
  auto row = standing_row_from(grant);
  // Who comes back after leaving gets another one: the former has ended.
  const bool joins_it = grant.keeps_present && membership.version > grant.version;
  row.subscription_id = joins_it ? derived_subscription_id(grant.event_id, app_id, user, membership.version)
                                 : derived_subscription_id(grant.event_id, app_id, user);
  row.scope = SubscriptionScope::user;
  row.installed_by = grant.added_by;
  row.granted_scopes = grant.scopes;
  row.installed_at = std::max(grant.added_at, membership.since);
  row.version = std::max(grant.version, membership.version);
  return row;
}

}  // namespace

bool Subscription::has(SuspensionCause cause) const {
  return std::find(causes.begin(), causes.end(), cause) != causes.end();
}

std::optional<Subscription> user_subscription_from(const SubscriptionFacts& facts, const AppId& app_id,
                                                   const UserId& user, std::optional<SubscriptionRow> own) {
  const auto& [app, governed, member] = facts;
  Subscription subscription;
  subscription.user_id = user;
  if (follows_from_everyone(governed, member, own)) {
    auto row = row_from(grant_for(governed, *member, own), *member, app_id, user);
    subscription.derived = !began_after_withdrawal(row, app);
    if (subscription.derived)
      subscription.row = std::move(row);
  }
  if (!subscription.derived) {
    if (!own || began_after_withdrawal(*own, app))
      return std::nullopt;
    subscription.row = std::move(*own);
  }
  settle(subscription, app, governed, member);
  return subscription;
}

std::optional<SubscriptionStanding> standing_of(const GovernedAppRow& governed, const std::optional<MemberRow>& member,
                                                const std::optional<SubscriptionRow>& own) {
  const bool derived = follows_from_everyone(governed, member, own);
  if (!derived && !own)
    return std::nullopt;
  const auto standing = [&](const SubscriptionRow& row) {
    const bool live = end_version(row, governed) == 0;
    return SubscriptionStanding{.credentials = row.credentials,
                                .derived = derived,
                                .live = live,
                                .suspended = live && suspended_by_pre_approval(row, governed)};
  };
  return derived ? standing(standing_row_from(grant_for(governed, *member, own))) : standing(*own);
}

std::optional<Subscription> effective_user_subscription(const State& state, const AppId& app_id, const UserId& user) {
  auto own = state.user_subscription(app_id, user);
  const auto governed = state.governed_app(app_id);
  if (!own && governed.everyone_grants.empty())
    return std::nullopt;
  return user_subscription_from({state.app(app_id), governed, state.member(user)}, app_id, user, std::move(own));
}

std::optional<Subscription> effective_account_subscription(const State& state, const AppId& app_id) {
  const auto own = state.account_subscription(app_id);
  if (!own)
    return std::nullopt;
  Subscription subscription;
  subscription.row = *own;
  settle(subscription, state.app(app_id), state.governed_app(app_id), std::nullopt);
  const auto installer = state.member(own->installed_by);
  subscription.orphaned = subscription.live && (!installer || installer->status == MemberStatus::removed);
  return subscription;
}

std::uint64_t everyone_subscriptions_of_active(const AccountRow& account, const GovernedAppRow& governed) {
  if (governed.everyone_grants.empty())
    return 0;
  GATEHOUSE_ASSERT(account.active_members >= governed.overrides);
  return account.active_members - governed.overrides;
}

std::uint64_t everyone_subscriptions(const AccountRow& account, const GovernedAppRow& governed) {
  return everyone_subscriptions_of_active(account, governed) + governed.everyone_deactivated;
}

std::uint64_t live_subscriptions(const AccountRow& account, const GovernedAppRow& governed) {
  return governed.live + everyone_subscriptions(account, governed);
}

bool reaches_newcomers(const GovernedAppRow& governed) {
  return !governed.everyone_grants.empty() || governed.added_for_groups_version > governed.uninstalled_version;
}

std::uint64_t suspended_subscriptions(const GovernedAppRow& governed) {
  return governed.suspended + governed.everyone_suspended;
}

}  // namespace gatehouse
