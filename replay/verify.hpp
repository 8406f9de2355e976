// Proves that what is stored is what the log says: folds the log from nothing and compares, row by row, with the state that the log keeps and with
// the rows of every projection, those that are kept for a return to them included, each up to its own checkpoint and without the events that it is
// noted to lack (replay/left_out.hpp). Changes nothing. The log's own bytes are verified by the store.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/rows.hpp"
#include "projections/projection_set.hpp"
#include "replay/left_out.hpp"
#include "replay/work_progress.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

// as_folded: the rows are those that the log gives. missing: there are none yet, which is nothing wrong. not_compared: it could not be done, which
// says nothing of the rows.
enum class RowsVerdict : std::uint8_t { as_folded, differ, missing, not_compared };

struct VerifiedProjection {
  std::string name;
  bool is_kept{};
  RowsVerdict verdict{};
  Position position{};
  std::uint64_t rows{};
  LeftOut left_out{};  // by the rows, and by those that they are compared with
  // Rows that differ, but were written by a stream that is parked: what made it fail may be such a row, and nobody takes it for a good one.
  std::uint64_t rows_of_parked{};
  std::string problem{};  // the first difference, or why nothing is compared
};
// For people, without the end of the line.
[[nodiscard]] std::string to_text(const VerifiedProjection& verified);

struct VerifyOptions {
  std::size_t memory_bytes_max = 256U << 20;
  ProgressSink progress{};                           // of the folding
  std::uint64_t state_version = state_rows_version;  // of the rows that are stored
};

// The state first, then the projections in their order, kept rows behind those that serve. The rows that the log gives go to `scratch`, where they stay.
[[nodiscard]] std::vector<VerifiedProjection> verify_projections(const EventLog& log, const ProjectionStore& store,
                                                                 ProjectionStore& scratch,
                                                                 const ProjectionSet& projections,
                                                                 const VerifyOptions& options);

}  // namespace gatehouse
