// Who gets a mail about a request that is due now (R33, R35, D17): the selected recipients who still may decide, or, if none was selected or none
// is left, every active member with MarketPlace:Edit. Nobody while notifications are off.
#pragma once
#include <cstddef>
#include <vector>

#include "domain/state.hpp"

namespace gatehouse {

struct NotificationReceivers {
  std::vector<UserId> users;
  bool automatic{};
};

// At most `users_max`; costs no more than the holders of the roles that may decide.
[[nodiscard]] NotificationReceivers notification_receivers(const State& state, const AccountRow& account, std::size_t users_max);

}  // namespace gatehouse
