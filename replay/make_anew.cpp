#include "replay/make_anew.hpp"

#include <utility>

#include "replay/follower.hpp"

namespace gatehouse {

namespace {

MadeAnew put(ProjectionStore& store, const BuiltGeneration& built) {
  MadeAnew made{.name = std::string(built.projection->name()), .position = {}, .left_out = {}, .failure = {}};
  if (built.failure) {
    made.failure = to_text(*built.failure);
  } else if (const auto placed = put_in_place(store, *built.table); !placed) {
    made.failure = placed.error().detail;
  } else {
    const auto rows = built.table->snapshot();
    made.position = rows->checkpoint();
    made.left_out = left_out_of(*rows);
  }
  return made;
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
  std::vector<MadeAnew> made;
  for (const auto& built : build_generations(log, store, targets,
                                             {.memory_bytes_max = memory_bytes_max,
                                             .progress = progress,
                                             .parks_failed_streams = true,
                                             .clock = wall_time}))
    made.push_back(put(store, built));
  return made;
}

}  // namespace gatehouse
