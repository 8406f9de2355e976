// GET of an account's events as a feed that goes on: what is on disk first, then what happens, without a gap and nothing twice. A reader that is slower than what happens is
// told from the disk at its own pace: no more of the feed is in memory than what its connection has not taken yet.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

inline constexpr std::chrono::seconds feed_heartbeat{15};

void follow_events(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
