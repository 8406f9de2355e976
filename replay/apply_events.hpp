// Applies events to one projection's table, so that a projection that throws harms nobody but itself.
#pragma once
#include <optional>
#include <span>

#include "projections/projection.hpp"
#include "replay/fold_failure.hpp"

namespace gatehouse {

// Those of `events` that come after `after`. On a failure the events before it have been applied, and perhaps part of the one that failed.
[[nodiscard]] std::optional<FoldFailure> apply_events(const Projection& projection, Table& rows,
                                                      std::span<const RecordedEvent> events, Position after = {});

}  // namespace gatehouse
