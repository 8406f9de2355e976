#include "domain/member_departure.hpp"

#include "domain/request.hpp"
#include "domain/subscription.hpp"
#include "domain/subscription_rows.hpp"

namespace gatehouse {

Departure departure_of(const State& state, const UserId& user) {
  Departure departure{.live_subscriptions = 0, .pending_requests = pending_requests_of_user(state, user).size()};
  for (const auto& app : apps_with_subscriptions(state, user)) {
    const auto subscription = effective_user_subscription(state, app, user);
    departure.live_subscriptions += subscription && subscription->live ? 1 : 0;
  }
  return departure;
}

}  // namespace gatehouse
