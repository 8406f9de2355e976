#include "replay/make_anew.hpp"

#include <utility>

#include "replay/follower.hpp"

namespace gatehouse {

namespace {

std::vector<MadeAnew> put(ProjectionStore& store, const std::vector<BuiltGeneration>& generations) {
  std::vector<Placement> placements;
  for (const auto& built : generations) {
    if (!built.failure)
      placements.push_back({built.table.get()});
  }
  const auto placed = put_in_place(store, placements);
  std::vector<MadeAnew> all;
  for (const auto& built : generations) {
    auto& made = all.emplace_back();
    made.name = std::string(built.projection->name());
    if (built.failure) {
      made.failure = to_text(*built.failure);
    } else if (!placed) {
      made.failure = placed.error().detail;
    } else {
      const auto rows = built.table->snapshot();
      made.position = rows->checkpoint();
      made.left_out = left_out_of(*rows);
    }
  }
  return all;
}

}  // namespace

std::vector<MadeAnew> make_anew(const EventLog& log, ProjectionStore& store, const ProjectionSet& projections,
                                std::size_t memory_bytes_max, const ProgressSink& progress) {
  std::vector<BuildTarget> targets;
  for (const auto& projection : projections) {
    const auto active = store.find(id_of(*projection), GenerationRole::active);
    auto left_out = left_out_by_successor(log, *projection, active ? active->snapshot().get() : nullptr);
    targets.push_back(
        {.projection = projection, .skipped = std::move(left_out.skipped), .parked = std::move(left_out.parked)});
  }
  return put(store, build_generations(log, store, targets,
                                      {.memory_bytes_max = memory_bytes_max,
                                       .progress = progress,
                                       .parks_failed_streams = true,
                                       .clock = wall_time}));
}

}  // namespace gatehouse
