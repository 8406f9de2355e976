// Where in a stream a position or a moment stands: its versions are in the order of both, so it is found by halving. Any thread.
#pragma once
#include <cstdint>

#include "store/event_log.hpp"

namespace gatehouse {

// The version of the stream's last event at or before `position`; 0 before its first.
[[nodiscard]] std::uint64_t version_at(const EventLog& log, const AccountId& stream, Position position);

// The version of the stream's last event that was recorded before `time`; 0 when there is none.
[[nodiscard]] std::uint64_t version_before(const EventLog& log, const AccountId& stream, Timestamp time);

}  // namespace gatehouse
