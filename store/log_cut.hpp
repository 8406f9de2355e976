// Takes the end of a log away, for a restored copy that nobody has served yet: its events after a position and all that was derived from them.
#pragma once
#include "store/open_options.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse {

// The log in options.data_dir then ends at `end`, where a command must end; the witness is made anew for that head, the answer. Tables of projections are
// dropped. The state's rows are those of the former head: they are to be made anew (replay/repair_state.hpp). A log that cannot be cut, or is left when this is interrupted, is of no use.
[[nodiscard]] tl::expected<LogMark, OpenError> cut_log(const OpenOptions& options, Position end);

}  // namespace gatehouse
