// Makes fresh generations of projections: folds the whole log from nothing and hands the rows over in order. What is in use is not touched; the
// caller puts the new tables in its place.
#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "projections/projection_set.hpp"
#include "replay/fold_failure.hpp"
#include "replay/parked_stream.hpp"
#include "replay/work_progress.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

struct BuildOptions {
  // Rows that are kept in memory, of all projections together. A longer history costs more time, not more memory.
  std::size_t memory_bytes_max = 256U << 20;
  ProgressSink progress{};  // now and then, on the calling thread
  const std::atomic<bool>* cancelled{};
  // Goes on without the streams of events that failed, and notes them; otherwise the first of them is the projection's failure.
  bool parks_failed_streams = false;
  std::function<Timestamp()> clock{};  // for those notes
  // Called after each step with what it took, on the calling thread: returns when the next may begin.
  std::function<void(std::chrono::nanoseconds)> pace{};
};

struct BuildTarget {
  std::shared_ptr<const Projection> projection;
  std::optional<Position>
      until{};  // the last event to apply; none: the log's head when the building began, or a little more
  std::vector<SkippedEvent> skipped{};  // events that it does without
  std::vector<ParkedStream> parked{};   // in the rows of now, for the attempts so far
  // Takes of those streams what the rows of now have taken, and tries nothing again: to compare with them.
  bool holds_parked_back = false;
  const std::atomic<bool>* cancelled{};  // this one alone; the others go on
};

// `table` contains every event up to its checkpoint, but for those of streams that it notes as parked (replay/parked_stream.hpp). None when it
// failed; nothing is left of it then.
struct BuiltGeneration {
  std::shared_ptr<const Projection> projection;
  std::shared_ptr<ProjectionTable> table;
  std::optional<FoldFailure> failure;
  // Hashes of the keys (std::hash) of rows that streams which were held back have written: those rows are of the present only in part.
  std::unordered_set<std::size_t> keys_of_parked{};
};

// In the order of the targets. Reads the log once, in a thread beside those that fold.
[[nodiscard]] std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                                             const std::vector<BuildTarget>& targets,
                                                             const BuildOptions& options);
[[nodiscard]] std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                                             const ProjectionSet& projections,
                                                             const BuildOptions& options);

[[nodiscard]] ProjectionId id_of(const Projection& projection);

struct Placement {
  ProjectionTable* table{};  // complete
  const ProjectionTable* kept{};
};
// Puts each in the place of whatever its projection had, and drops that but for what is kept. An error is the store's, and of all of them.
[[nodiscard]] ProjectionStore::Outcome put_in_place(ProjectionStore& store, std::span<const Placement> placements);
[[nodiscard]] ProjectionStore::Outcome put_in_place(ProjectionStore& store, ProjectionTable& table,
                                                    const ProjectionTable* kept = nullptr);

}  // namespace gatehouse
