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
  std::size_t verified{};  // its place in the result
};

// What can be compared of it.
std::shared_ptr<const TableReader> stored_rows(const EventLog& log, const ProjectionTable& table,
                                               VerifiedProjection& verified) {
  auto rows = table.snapshot();
  verified.position = rows->checkpoint();
  if (verified.position <= log.head())
    return rows;
  verified.problem = "is ahead of the log, which ends at " + std::to_string(log.head().value);
  return nullptr;
}

void compare(const Stored& stored, const BuiltGeneration& built, VerifiedProjection& verified) {
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

std::vector<VerifiedProjection> verify_projections(const EventLog& log, const ProjectionStore& store,
                                                   ProjectionStore& scratch, const ProjectionSet& projections,
                                                   const VerifyOptions& options) {
  const auto state = log.state();
  std::vector<VerifiedProjection> verified{{.name = std::string(state_projection), .position = state->head()}};
  std::vector<Stored> stored{{std::make_shared<StateProjection>(), state, 0}};
  const auto add = [&](const std::shared_ptr<const Projection>& projection, const std::string& name,
                       const ProjectionTable& table) {
    auto& one = verified.emplace_back(VerifiedProjection{.name = name});
    if (auto rows = stored_rows(log, table, one))
      stored.push_back({projection, std::move(rows), verified.size() - 1});
  };
  for (const auto& projection : projections) {
    const std::string name(projection->name());
    if (const auto active = store.find(id_of(*projection), GenerationRole::active))
      add(projection, name, *active);
    else
      verified.push_back({.name = name,
                          .is_missing = true,
                          .problem = "has no rows of this version; they are made at the next start"});
    if (const auto kept = store.find(id_of(*projection), GenerationRole::kept))
      add(projection, name + " (kept)", *kept);
  }
  std::vector<BuildTarget> targets;
  for (const auto& one : stored)
    targets.push_back({one.projection, verified[one.verified].position});
  const auto built = build_generations(log, scratch, targets,
                                       {.memory_bytes_max = options.memory_bytes_max, .progress = options.progress});
  for (std::size_t index = 0; index < stored.size(); ++index)
    compare(stored[index], built[index], verified[stored[index].verified]);
  return verified;
}

}  // namespace gatehouse
