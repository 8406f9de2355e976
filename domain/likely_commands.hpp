// Which commands may have made these events: the history keeps what was decided, not how it was asked for. Whether one of them did is seen by deciding it
// again. Events of the catalogue, of deliveries and of manifests do not say all that their commands did; they have none.
#pragma once
#include <span>
#include <vector>

#include "domain/commands.hpp"
#include "domain/state.hpp"
#include "events/event.hpp"

namespace gatehouse {

// For the first of the events and as many of those after it as belong to the same command; the likeliest first. `events` are of one commit and
// account, in their order, at least one; `state` is the account's before them.
[[nodiscard]] std::vector<Command> likely_commands(const State& state, std::span<const Event* const> events);

}  // namespace gatehouse
