#include "replay/apply_events.hpp"

#include <exception>

namespace gatehouse {

std::optional<FoldFailure> apply_events(const Projection& projection, Table& rows, std::span<const RecordedEvent> events,
                                        Position after) {
  for (const auto& event : events) {
    if (event.envelope.position <= after) continue;
    try {
      projection.apply(rows, event);
    } catch (const std::exception& error) {
      return FoldFailure{event.envelope.position, type_of(event), error.what()};
    }
  }
  return std::nullopt;
}

}  // namespace gatehouse
