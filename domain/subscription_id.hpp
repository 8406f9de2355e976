// The id of a subscription that follows from an event without being named in it (an app added for everyone or for a group). The same event, app
// and user always give the same id; it sorts by the event's time like every id.
#pragma once
#include <cstdint>

#include "events/ids.hpp"

namespace gatehouse {

[[nodiscard]] SubscriptionId derived_subscription_id(const Uuid& event_id, const AppId& app, const UserId& user);
// Of one who joined by the event of that version.
[[nodiscard]] SubscriptionId derived_subscription_id(const Uuid& event_id, const AppId& app, const UserId& user,
                                                     std::uint64_t joined_version);

}  // namespace gatehouse
