// Proves that what is stored is what the log says: folds the log from nothing and compares, row by row, with the state that the log keeps and with
// the rows of every projection, those that are kept for a return to them included, each up to its own checkpoint. Changes nothing. The log's own bytes are verified by the store.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/projection_set.hpp"
#include "replay/work_progress.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

struct VerifiedProjection {
  std::string name;  // with " (kept)" behind it where they are
  Position position{};
  std::uint64_t rows{};
  bool is_missing{};  // no rows yet: nothing to compare, and nothing wrong
  std::string
      problem{};  // the first difference, or why nothing is compared; empty: the rows are those that the log gives
};

struct VerifyOptions {
  std::size_t memory_bytes_max = 256U << 20;
  ProgressSink progress{};  // of the folding
};

// The state first, then the projections in their order, kept rows behind those that serve. The rows that the log gives go to `scratch`, where they stay.
[[nodiscard]] std::vector<VerifiedProjection> verify_projections(const EventLog& log, const ProjectionStore& store,
                                                                 ProjectionStore& scratch,
                                                                 const ProjectionSet& projections,
                                                                 const VerifyOptions& options);

}  // namespace gatehouse
