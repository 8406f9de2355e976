// Rows of the state that an earlier or a later program made, in a log that is not in use: made anew from the events where their version is another one. A
// renewal that was interrupted is done again.
#pragma once
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "replay/repair_state.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse {

// Nothing when the rows are of `version` already. The rows that the log gives go to `scratch`, where they stay.
[[nodiscard]] tl::expected<std::optional<StateRepair>, std::string>
renew_state(RocksEventLog& log, ProjectionStore& scratch, std::uint64_t version, std::size_t memory_bytes_max,
            const ProgressSink& progress);

}  // namespace gatehouse
