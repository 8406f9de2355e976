#include "domain/subscription_id.hpp"

#include <string>

#include "domain/derived_id.hpp"

namespace gatehouse {

SubscriptionId derived_subscription_id(const Uuid& event_id, const AppId& app, const UserId& user) {
  return SubscriptionId{derived_id(event_id, app.value, user.value)};
}

SubscriptionId derived_subscription_id(const Uuid& event_id, const AppId& app, const UserId& user,
                                       std::uint64_t joined_version) {
  return SubscriptionId{derived_id(event_id, app.value, user.value + '\0' + std::to_string(joined_version))};
}

}  // namespace gatehouse
