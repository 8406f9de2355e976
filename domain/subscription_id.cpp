#include "domain/subscription_id.hpp"

#include "domain/derived_id.hpp"

namespace gatehouse {

SubscriptionId derived_subscription_id(const Uuid& event_id, const AppId& app, const UserId& user) {
  return SubscriptionId{derived_id(event_id, app.value, user.value)};
}

}  // namespace gatehouse
