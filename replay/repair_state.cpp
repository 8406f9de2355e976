#include "replay/repair_state.hpp"

#include <array>
#include <utility>

#include "projections/state_projection.hpp"
#include "replay/build_generations.hpp"
#include "replay/row_difference.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t rows_per_write_max = 10'000;

bool write(EventLog& log, OverlayTable::Changes& changes) {
  if (changes.empty()) return true;
  std::array<CommitDraft, 1> drafts;
  drafts[0].state = std::exchange(changes, {});
  return log.append(drafts).front().status == AppendStatus::appended;
}

}  // namespace

tl::expected<StateRepair, std::string> repair_state(EventLog& log, ProjectionStore& scratch, std::size_t memory_bytes_max,
                                                    const ProgressSink& progress) {
  const auto stored = log.state();
  const std::vector<BuildTarget> state{{std::make_shared<StateProjection>(), stored->head()}};
  const auto built = build_generations(log, scratch, state, {.memory_bytes_max = memory_bytes_max, .progress = progress});
  if (built.front().failure) return tl::unexpected(to_text(*built.front().failure));
  StateRepair repair;
  std::uint64_t added = 0, removed = 0;
  OverlayTable::Changes changes;
  bool written = true;
  repair.rows = compare_rows(*stored, *built.front().table->snapshot(), [&](const RowDifference& difference) {
    changes.insert_or_assign(difference.key, difference.folded);
    ++repair.changed;
    if (!difference.stored) ++added;
    if (!difference.folded) ++removed;
    if (changes.size() >= rows_per_write_max) written = write(log, changes);
    return written;
  });
  if (!written || !write(log, changes)) return tl::unexpected("the rows cannot be written: " + log.read_only_reason());
  repair.rows = repair.rows + added - removed;
  return repair;
}

}  // namespace gatehouse
