#include "replay/verify.hpp"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "projections/state_projection.hpp"
#include "replay/build_generations.hpp"
#include "replay/row_difference.hpp"

namespace gatehouse {

namespace {

struct Target {
  std::shared_ptr<const Projection> projection;
  std::shared_ptr<const TableReader> stored;
  VerifiedProjection* verified{};
};

void verify_targets(const EventLog& log, const std::vector<Target>& targets, const PartOptions& options) {
  PartFolds folds;
  for (const auto& target : targets)
    folds.push_back(std::make_unique<PartFold>(target.projection, target.verified->position));
  const auto compare = [&](const StreamPart& part) {
    for (std::size_t index = 0; index < targets.size(); ++index) {
      auto& verified = *targets[index].verified;
      verified.rows += compare_rows(*targets[index].stored, *folds[index], part, [&](const RowDifference& difference) {
        if (verified.problem.empty()) verified.problem = to_text(*targets[index].projection, difference);
        return false;
      });
    }
    return true;
  };
  const auto folded = fold_in_parts(log, folds, options, compare);
  if (folded) return;
  for (const auto& target : targets) {
    const auto& [projection, failure] = folded.error();
    if (!projection.empty() && projection != target.verified->name) continue;
    if (target.verified->problem.empty()) target.verified->problem = "cannot be folded: " + to_text(failure);
  }
}

// Adds up what the two threads report.
class SharedProgress {
 public:
  explicit SharedProgress(const ProgressSink& sink) : sink_(sink) {}

  [[nodiscard]] ProgressSink part(std::size_t index) {
    if (!sink_) return {};
    return [this, index](const WorkProgress& progress) {
      const std::lock_guard lock(mutex_);
      parts_[index] = progress;
      sink_({parts_[0].done + parts_[1].done, parts_[0].total + parts_[1].total, progress.elapsed});
    };
  }

 private:
  const ProgressSink& sink_;
  std::mutex mutex_;
  std::array<WorkProgress, 2> parts_;
};

std::optional<Target> target_of(const EventLog& log, const ProjectionStore& store,
                                const std::shared_ptr<const Projection>& projection, VerifiedProjection& verified) {
  const auto table = store.find(id_of(*projection), GenerationRole::active);
  if (!table) {
    verified.problem = "has no rows of this version; they are made at the next start";
    return std::nullopt;
  }
  auto rows = table->snapshot();
  verified.position = rows->checkpoint();
  if (verified.position > log.head()) {
    verified.problem = "is ahead of the log, which ends at " + std::to_string(log.head().value);
    return std::nullopt;
  }
  return Target{projection, std::move(rows), &verified};
}

}  // namespace

std::vector<VerifiedProjection> verify_projections(const EventLog& log, const ProjectionStore& store,
                                                   const ProjectionSet& projections, const VerifyOptions& options) {
  const auto state = log.state();
  std::vector<VerifiedProjection> verified(projections.size() + 1);
  verified[0].name = state_projection;
  verified[0].position = state->head();
  std::vector<Target> targets;
  for (std::size_t index = 0; index < projections.size(); ++index) {
    auto& one = verified[index + 1];
    one.name = projections[index]->name();
    if (auto target = target_of(log, store, projections[index], one)) targets.push_back(std::move(*target));
  }
  SharedProgress progress(options.progress);
  const auto memory = options.memory_bytes_max / 2;
  std::thread others([&] { verify_targets(log, targets, {memory, progress.part(1)}); });
  verify_targets(log, {{std::make_shared<StateProjection>(), state, verified.data()}}, {memory, progress.part(0)});
  others.join();
  return verified;
}

}  // namespace gatehouse
