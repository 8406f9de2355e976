// What a subscription is now, derived from its own row, the app's row on the account and the member: events that hit many at once (switching
// pre-approval off, restricting, uninstalling for the account, adding for everyone) leave one version on the app's row and are worked out here.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/state.hpp"

namespace gatehouse {

struct Subscription {
  SubscriptionRow row;                  // for one that follows from added-for-everyone, the row it would have
  UserId user_id;                       // empty for account scope
  bool derived{};                       // no row of its own: it follows from AppAddedForAudience{everyone}
  bool live{};                          // otherwise the row says by what and when it ended
  std::vector<SuspensionCause> causes;  // of a live one; active only when empty
  bool orphaned{};                      // account scope: whoever installed it was removed (D26)
  [[nodiscard]] bool active() const { return live && causes.empty(); }
  [[nodiscard]] bool has(SuspensionCause cause) const;
};

// Nothing when the user never had one.
[[nodiscard]] std::optional<Subscription> effective_user_subscription(const State& state, const AppId& app_id,
                                                                      const UserId& user);
[[nodiscard]] std::optional<Subscription> effective_account_subscription(const State& state, const AppId& app_id);

// The same from rows already read, for listings. `app` is absent when the catalogue does not know it.
struct SubscriptionFacts {
  const std::optional<AppRow>& app;
  const GovernedAppRow& governed;
  const std::optional<MemberRow>& member;
};
[[nodiscard]] std::optional<Subscription> user_subscription_from(const SubscriptionFacts& facts, const AppId& app_id,
                                                                 const UserId& user,
                                                                 std::optional<SubscriptionRow> own);

// What counters count of a user's subscription, without its row and without a look at the catalogue.
struct SubscriptionStanding {
  Credentials credentials{};
  bool derived{};
  bool live{};
  bool suspended{};  // a live one, by pre_approval_off
};
[[nodiscard]] std::optional<SubscriptionStanding> standing_of(const GovernedAppRow& governed,
                                                              const std::optional<MemberRow>& member,
                                                              const std::optional<SubscriptionRow>& own);

// Live subscriptions of the app on the account, all scopes and credentials, those by added-for-everyone included. O(1).
[[nodiscard]] std::uint64_t live_subscriptions(const AccountRow& account, const GovernedAppRow& governed);
// Of these, those that follow from added-for-everyone; and of those, the ones of active members. O(1).
[[nodiscard]] std::uint64_t everyone_subscriptions(const AccountRow& account, const GovernedAppRow& governed);
[[nodiscard]] std::uint64_t everyone_subscriptions_of_active(const AccountRow& account, const GovernedAppRow& governed);
// Whether somebody who joins, the account or a group, may get the app by an addition of before. O(1).
[[nodiscard]] bool reaches_newcomers(const GovernedAppRow& governed);
// How many pre_approval_off suspends now. O(1).
[[nodiscard]] std::uint64_t suspended_subscriptions(const GovernedAppRow& governed);

}  // namespace gatehouse
