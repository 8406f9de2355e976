// An id for what follows from an event without being named in it. The same event and names always give the same id; it sorts by the event's time
// like every id.
#pragma once
#include <string>
#include <string_view>

#include "events/ids.hpp"

namespace gatehouse {

// 22 characters, as of a UUIDv7.
[[nodiscard]] std::string derived_id(const Uuid& event_id, std::string_view first, std::string_view second);

}  // namespace gatehouse
