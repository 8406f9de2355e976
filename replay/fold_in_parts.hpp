// Folds the log from nothing within bounded memory: the streams are taken in parts, one pass over the log for each, and a part that outgrows the
// memory is halved on the way. Rows of a stream follow from its own events and the catalogue's, which every pass takes in. There is an end
// to that: what cannot be cut further gets the memory it needs.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "projections/projection.hpp"
#include "replay/fold_failure.hpp"
#include "replay/fold_table.hpp"
#include "replay/work_progress.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

// No more passes than this, whatever the memory.
inline constexpr std::uint32_t parts_max = 1'024;

// The streams whose hash lies in [first, last].
struct StreamPart {
  std::uint32_t first{};
  std::uint32_t last = UINT32_MAX;
  [[nodiscard]] bool is_everything() const { return first == 0 && last == UINT32_MAX; }
  [[nodiscard]] bool contains(std::string_view stream) const;
};

struct PartFold {
  std::shared_ptr<const Projection> projection;
  Position until;  // events after it are not applied
  FoldTable rows;

  PartFold(std::shared_ptr<const Projection> folded, Position last) : projection(std::move(folded)), until(last) {}
  [[nodiscard]] bool is_in(const StreamPart& part, std::string_view key) const;
};
using PartFolds = std::vector<std::unique_ptr<PartFold>>;

struct PartFailure {
  std::string projection;  // empty: no single one's
  FoldFailure failure;
};

struct PartOptions {
  std::size_t memory_bytes_max = 128U << 20;
  ProgressSink progress{};
};

// Calls `visit` with the rows of each part when they are complete; besides those in the part the tables hold some of other streams, half made.
// False from `visit` ends it.
[[nodiscard]] tl::expected<void, PartFailure> fold_in_parts(const EventLog& log, const PartFolds& folds,
                                                            const PartOptions& options,
                                                            const std::function<bool(const StreamPart&)>& visit);

}  // namespace gatehouse
