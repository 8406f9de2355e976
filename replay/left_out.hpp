// What the rows of a projection do without, although the log has it: events that an operator had skipped, and what streams brought since one of their
// events failed. Whoever makes the rows again, to compare or to replace them, leaves out the same.
#pragma once
#include <vector>

#include "projections/projection.hpp"
#include "replay/parked_stream.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

struct LeftOut {
  std::vector<SkippedEvent> skipped;
  std::vector<ParkedStream> parked;
};

// As it is noted with the rows.
[[nodiscard]] LeftOut left_out_of(const ProjectionSnapshot& rows);

// For people, a line for each, indented and each with a line's end before it.
[[nodiscard]] std::string to_text(const LeftOut& left_out);

// As the log has it, of this version of the projection: for where there are no rows, or none that can be read.
[[nodiscard]] std::vector<SkippedEvent> skips_recorded_in(const EventLog& log, const Projection& projection);

// For rows that are to take the place of `rows`, which may be null: what was skipped there, and the attempts so far at what is parked there.
[[nodiscard]] LeftOut left_out_by_successor(const EventLog& log, const Projection& projection,
                                            const ProjectionSnapshot* rows);

}  // namespace gatehouse
