// Subscriptions of an account as a listing: those with a row, and those that follow from an app that was added for everyone. Answered from the
// state alone: its rows are in this order already.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/subscription.hpp"
#include "projections/page.hpp"

namespace gatehouse {

BOOST_DEFINE_FIXED_ENUM_CLASS(SubscriptionState, std::uint8_t, active, disabled, uninstalled)
[[nodiscard]] SubscriptionState state_of(const Subscription& subscription);

struct SubscriptionFilter {
  std::optional<AppId> app_id{};
  std::optional<UserId> user_id{};  // of scope user
  std::optional<SubscriptionState> state{};
  std::optional<Credentials> credentials{};
  std::optional<SubscriptionScope> scope{};
};

struct ListedSubscription {
  AppId app_id;
  Subscription subscription;
};

// By app id; in an app the account's own first, then by user id.
[[nodiscard]] Page<ListedSubscription> subscriptions_page(const State& state, const SubscriptionFilter& filter,
                                                          std::string_view cursor, std::size_t page_size);

// The cursor that goes on after the subscription of this user (empty: the account's own).
[[nodiscard]] std::string subscription_cursor(const AppId& app, const UserId& user);

}  // namespace gatehouse
