// Why a projection stopped: at which event, and what was wrong.
#pragma once
#include <string>

#include "events/envelope.hpp"

namespace gatehouse {

struct FoldFailure {
  Position position;  // of the event that could not be taken; 0 when it was no event's fault
  std::string event_type;
  std::string reason;
};
[[nodiscard]] std::string to_text(const FoldFailure& failure);

// The event's name, or the number of a type that this program does not know.
[[nodiscard]] std::string type_of(const RecordedEvent& event);

}  // namespace gatehouse
