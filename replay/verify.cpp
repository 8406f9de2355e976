#include "replay/verify.hpp"

#include <utility>

#include "projections/state_projection.hpp"
#include "replay/build_generations.hpp"
#include "replay/row_difference.hpp"

namespace gatehouse {

namespace {

struct Stored {
  std::shared_ptr<const Projection> projection;
  std::shared_ptr<const TableReader> rows;
  VerifiedProjection* verified{};
};

std::optional<Stored> stored_rows(const EventLog& log, const ProjectionStore& store,
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
  return Stored{projection, std::move(rows), &verified};
}

void compare(const Stored& stored, const BuiltGeneration& built) {
  auto& verified = *stored.verified;
  if (built.failure) {
    verified.problem = "cannot be folded: " + to_text(*built.failure);
    return;
  }
  verified.rows = compare_rows(*stored.rows, *built.table->snapshot(), [&](const RowDifference& difference) {
    verified.problem = to_text(*stored.projection, difference);
    return false;
  });
}

}  // namespace

std::vector<VerifiedProjection> verify_projections(const EventLog& log, const ProjectionStore& store, ProjectionStore& scratch,
                                                   const ProjectionSet& projections, const VerifyOptions& options) {
  const auto state = log.state();
  std::vector<VerifiedProjection> verified(projections.size() + 1);
  verified[0].name = state_projection;
  verified[0].position = state->head();
  std::vector<Stored> stored{{std::make_shared<StateProjection>(), state, verified.data()}};
  for (std::size_t index = 0; index < projections.size(); ++index) {
    auto& one = verified[index + 1];
    one.name = projections[index]->name();
    if (auto rows = stored_rows(log, store, projections[index], one)) stored.push_back(std::move(*rows));
  }
  std::vector<BuildTarget> targets;
  for (const auto& one : stored) targets.push_back({one.projection, one.verified->position});
  const auto built = build_generations(log, scratch, targets, {.memory_bytes_max = options.memory_bytes_max, .progress = options.progress});
  for (std::size_t index = 0; index < stored.size(); ++index) compare(stored[index], built[index]);
  return verified;
}

}  // namespace gatehouse
