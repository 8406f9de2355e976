#include "replay/fold_failure.hpp"

namespace gatehouse {

std::string to_text(const FoldFailure& failure) {
  if (failure.position.value == 0) return failure.reason;
  return "event " + std::to_string(failure.position.value) + " (" + failure.event_type + "): " + failure.reason;
}

std::string type_of(const RecordedEvent& event) {
  if (const auto* known = event.known()) return std::string(name_of(*known));
  return "unknown_" + std::to_string(event.type);
}

}  // namespace gatehouse
