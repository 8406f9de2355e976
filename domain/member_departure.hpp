// What a member who leaves or is deactivated takes along: the open requests and the live subscriptions, those by added-for-everyone included.
#pragma once
#include <cstdint>

#include "domain/state.hpp"

namespace gatehouse {

struct Departure {
  std::uint64_t live_subscriptions{};
  std::uint64_t pending_requests{};
};

// O(the member's own subscriptions and requests, and the apps added for everyone).
[[nodiscard]] Departure departure_of(const State& state, const UserId& user);

}  // namespace gatehouse
