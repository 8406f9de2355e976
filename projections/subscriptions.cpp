#include "projections/subscriptions.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "domain/state_keys.hpp"
#include "domain/subscription_rows.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse {

namespace {

// The last place listed: app and user (empty: the account's own). As a cursor it is both, with a zero byte between.
struct Place {
  std::string app;
  std::string user;

  auto operator<=>(const Place&) const = default;
};
using Begin = std::optional<Place>;  // none: nothing is listed yet

std::string cursor_of(const Place& place) { return place.app + '\0' + place.user; }

Begin read_cursor(std::string_view cursor) {
  if (cursor.empty())
    return std::nullopt;
  const auto end = std::min(cursor.find('\0'), cursor.size());
  return Place{std::string(cursor.substr(0, end)), std::string(cursor.substr(std::min(end + 1, cursor.size())))};
}

bool matches(const SubscriptionFilter& filter, const Subscription& subscription) {
  return (!filter.state || *filter.state == state_of(subscription)) &&
         (!filter.credentials || *filter.credentials == subscription.row.credentials) &&
         (!filter.scope || *filter.scope == subscription.row.scope) &&
         (!filter.user_id || *filter.user_id == subscription.user_id);
}

class Listing {
 public:
  Listing(const State& state, const SubscriptionFilter& filter, std::string_view cursor, std::size_t page_size)
      : state_(state), filter_(filter), begin_(read_cursor(cursor)), budget_(page_size) {}

  Page<ListedSubscription> take() {
    const bool ended = filter_.app_id ? list_app(*filter_.app_id) : list_apps();
    page_.next = ended || !last_ ? std::string() : cursor_of(*last_);
    return std::move(page_);
  }

 private:
  // Each answers whether it came to its end before the page was full.
  bool list_apps() {
    if (filter_.user_id)
      return list_apps_of_user(*filter_.user_id);
    const auto prefix = state_keys::governed_apps(state_.account_id());
    RowCursor apps(state_.rows(), prefix, {});
    apps.seek(begin_ ? begin_->app + '\0' : std::string());
    for (; !apps.done(); apps.next()) {
      budget_.count_row();
      const AppId app{apps.suffix().substr(0, apps.suffix().find('\0'))};
      if (!list_app(app))
        return false;
    }
    return true;
  }

  bool list_apps_of_user(const UserId& user) {
    const auto apps = apps_with_subscriptions(state_, user);
    const auto first = std::ranges::lower_bound(apps, begin_ ? AppId{begin_->app} : AppId{});
    return std::all_of(first, apps.end(), [&](const AppId& app) { return list_app(app); });
  }

  bool list_app(const AppId& app) {
    const auto row = state_.app(app);
    const auto governed = state_.governed_app(app);
    if (filter_.user_id)
      return list_user(app, row, governed, *filter_.user_id);
    if (!list_account(app))
      return false;
    if (filter_.scope == SubscriptionScope::account)
      return true;
    // Whoever has a row was a member once, and members' rows stay.
    const bool everyone = !governed.everyone_grants.empty();
    RowCursor users(state_.rows(),
                    everyone ? state_keys::members(state_.account_id())
                             : state_keys::user_subscriptions_of_app(state_.account_id(), app),
                    {});
    if (begin_ && begin_->app == app.value)
      users.seek(begin_->user);
    for (; !users.done(); users.next()) {
      const UserId user{users.suffix().substr(0, users.suffix().find('\0'))};
      if (!list_user(app, row, governed, user))
        return false;
    }
    return true;
  }

  bool list_account(const AppId& app) {
    const Place place{app.value, {}};
    return place <= begin_ || visit(place, effective_account_subscription(state_, app));
  }

  bool list_user(const AppId& app, const std::optional<AppRow>& row, const GovernedAppRow& governed,
                 const UserId& user) {
    const Place place{app.value, user.value};
    if (place <= begin_)
      return true;
    const auto member = state_.member(user);
    auto own = state_.user_subscription(app, user);
    return visit(place, user_subscription_from({row, governed, member}, app, user, std::move(own)));
  }

  bool visit(const Place& place, std::optional<Subscription> subscription) {
    if (budget_.spent(page_.items.size()))
      return false;
    budget_.count_row();
    last_ = place;
    if (subscription && matches(filter_, *subscription)) {
      page_.items.push_back({AppId{place.app}, std::move(*subscription)});
    }
    return true;
  }

  const State& state_;
  const SubscriptionFilter& filter_;
  const Begin begin_;  // listed already, up to here
  PageBudget budget_;
  Begin last_ = begin_;
  Page<ListedSubscription> page_;
};

}  // namespace

std::string subscription_cursor(const AppId& app, const UserId& user) {
  return cursor_of(Place{app.value, user.value});
}

SubscriptionState state_of(const Subscription& subscription) {
  if (!subscription.live)
    return SubscriptionState::uninstalled;
  return subscription.active() ? SubscriptionState::active : SubscriptionState::disabled;
}

Page<ListedSubscription> subscriptions_page(const State& state, const SubscriptionFilter& filter,
                                            std::string_view cursor, std::size_t page_size) {
  return Listing(state, filter, cursor, page_size).take();
}

}  // namespace gatehouse
