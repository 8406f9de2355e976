// Writing subscriptions, for folds. Every change to one user's subscriptions goes through here, so that the counters on the app's row stay
// exact: what the user counted for before is taken off, what he counts for afterwards is added.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "domain/decide.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

// One user's subscription of an app inside a fold: what it follows from is read once, and nothing else may change it while this one lives.
class UserSubscription {
 public:
  // All arguments must outlive it.
  UserSubscription(Table& rows, const EventContext& context, const AppId& app, const UserId& user);

  [[nodiscard]] const GovernedAppRow& governed() const { return governed_; }
  [[nodiscard]] const std::optional<MemberRow>& member() const { return member_; }
  // Whatever the catalogue says of the app: it has a stream of its own.
  [[nodiscard]] bool has_live() const;
  // Nothing when the user never had one. Reads the app in the catalogue.
  [[nodiscard]] std::optional<Subscription> present() const;

  // Writes the row and settles the counters.
  void write(SubscriptionRow row);

 private:
  Table& rows_;
  const EventContext& context_;
  const AppId& app_;
  const UserId& user_;
  GovernedAppRow governed_;
  std::optional<MemberRow> member_;
  std::optional<SubscriptionRow> own_;
};

// Runs `change` of the member itself (left, deactivated, returned), and settles every app that the member has or had a subscription of.
// O(the member's own apps and the apps added for everyone).
void change_member_subscriptions(Table& rows, const EventContext& context, const UserId& user,
                                 const std::function<void()>& change);

// Whether everyone of the account has the app by AppAddedForAudience.
void mark_for_everyone(Table& rows, const AccountId& account, const AppId& app, bool added);

// The apps in which the user has a subscription row, or has one by added-for-everyone. Ascending, each once.
[[nodiscard]] std::vector<AppId> apps_with_subscriptions(const State& state, const UserId& user);

// Inside such a change: writes the row and its index.
void write_subscription(Table& rows, const AccountId& account, const AppId& app, const UserId& user,
                        const SubscriptionRow& row);

// A whole change each: end the live subscription (a derived one by writing its row), lift its suspension by pre_approval_off. No effect when
// there is no live one.
void end_subscription(Table& rows, const EventContext& context, const AppId& app, const UserId& user,
                      UninstallCause cause);
void lift_suspension(Table& rows, const EventContext& context, const AppId& app, const UserId& user);

}  // namespace gatehouse
