#include "replay/repair_state.hpp"

#include <array>
#include <utility>

#include "projections/state_projection.hpp"
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

tl::expected<StateRepair, std::string> repair_state(EventLog& log, std::size_t memory_bytes_max,
                                                    const ProgressSink& progress) {
  const auto stored = log.state();
  PartFolds folds;
  folds.push_back(std::make_unique<PartFold>(std::make_shared<StateProjection>(), stored->head()));
  const auto& fold = *folds.front();
  StateRepair repair;
  bool written = true;
  const auto replace_differences = [&](const StreamPart& part) {
    OverlayTable::Changes changes;
    (void)compare_rows(*stored, fold, part, [&](const RowDifference& difference) {
      changes.insert_or_assign(difference.key, difference.folded);
      ++repair.changed;
      if (changes.size() >= rows_per_write_max) written = write(log, changes);
      return written;
    });
    repair.rows += fold.rows.count_if([&](std::string_view key) { return fold.is_in(part, key); });
    written = written && write(log, changes);
    return written;
  };
  const auto folded = fold_in_parts(log, folds, {memory_bytes_max, progress}, replace_differences);
  if (!folded) return tl::unexpected(to_text(folded.error().failure));
  if (!written) return tl::unexpected("the rows cannot be written: " + log.read_only_reason());
  return repair;
}

}  // namespace gatehouse
