// Makes the state that the log keeps anew from its events: folds them from nothing and writes only what is not so already. For a stopped server's
// data; if it is interrupted, run it again.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>

#include "replay/work_progress.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

struct StateRepair {
  std::uint64_t rows{};     // that the state has now
  std::uint64_t changed{};  // of them, written or removed because they differed
};

// The rows that the log gives go to `scratch`, where they stay.
[[nodiscard]] tl::expected<StateRepair, std::string> repair_state(EventLog& log, ProjectionStore& scratch,
                                                                  std::size_t memory_bytes_max, const ProgressSink& progress);

}  // namespace gatehouse
