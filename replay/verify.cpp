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

void find_wrong(VerifiedProjection& verified, std::string problem) {
  verified.verdict = RowsVerdict::differ;
  verified.problem = std::move(problem);
}

// What can be compared of it.
std::shared_ptr<const TableReader> stored_rows(const EventLog& log, const ProjectionTable& table,
                                               VerifiedProjection& verified) {
  auto rows = table.snapshot();
  verified.position = rows->checkpoint();
  if (verified.position > log.head()) {
    find_wrong(verified, "is ahead of the log, which ends at " + std::to_string(log.head().value));
    return nullptr;
  }
  verified.left_out = left_out_of(*rows);
  return rows;
}

void compare(const Stored& stored, const BuiltGeneration& built, VerifiedProjection& verified) {
  if (built.failure) {
    const bool is_of_event = built.failure->position != Position{};
    verified.verdict = is_of_event ? RowsVerdict::differ : RowsVerdict::not_compared;
    verified.problem =
        (is_of_event ? "cannot be folded: " : "was not compared, which says nothing of it: ") + to_text(*built.failure);
    return;
  }
  const auto is_of_parked = [&built](const std::string& key) {
    return built.keys_of_parked.contains(std::hash<std::string_view>{}(key));
  };
  verified.rows = compare_rows(*stored.rows, *built.table->snapshot(), [&](const RowDifference& difference) {
    if (is_of_parked(difference.key)) {
      ++verified.rows_of_parked;
      return true;
    }
    find_wrong(verified, to_text(*stored.projection, difference));
    return false;
  });
}

BuildTarget target_of(const Stored& stored, const VerifiedProjection& verified) {
  return {.projection = stored.projection,
          .until = verified.position,
          .skipped = verified.left_out.skipped,
          .parked = verified.left_out.parked,
          .holds_parked_back = !verified.left_out.parked.empty()};
}

}  // namespace

std::vector<VerifiedProjection> verify_projections(const EventLog& log, const ProjectionStore& store,
                                                   ProjectionStore& scratch, const ProjectionSet& projections,
                                                   const VerifyOptions& options) {
  const auto state = log.state();
  std::vector<VerifiedProjection> verified{{.name = std::string(state_projection), .position = state->head()}};
  std::vector<Stored> stored;
  const auto is_missing = [](VerifiedProjection& one) {
    one.verdict = RowsVerdict::missing;
    one.problem = "has no rows of this version; they are made at the next start";
  };
  if (options.state_version == state_rows_version || state->head() == Position{})
    stored.push_back({std::make_shared<StateProjection>(), state, 0});
  else
    is_missing(verified.front());
  const auto add = [&](const std::shared_ptr<const Projection>& projection, const ProjectionTable& table,
                       bool is_kept) {
    auto& one = verified.emplace_back(VerifiedProjection{.name = std::string(projection->name()), .is_kept = is_kept});
    if (auto rows = stored_rows(log, table, one))
      stored.push_back({projection, std::move(rows), verified.size() - 1});
  };
  for (const auto& projection : projections) {
    if (const auto active = store.find(id_of(*projection), GenerationRole::active))
      add(projection, *active, false);
    else
      is_missing(verified.emplace_back(VerifiedProjection{.name = std::string(projection->name())}));
    if (const auto kept = store.find(id_of(*projection), GenerationRole::kept))
      add(projection, *kept, true);
  }
  std::vector<BuildTarget> targets;
  for (const auto& one : stored)
    targets.push_back(target_of(one, verified[one.verified]));
  const auto built = build_generations(log, scratch, targets,
                                       {.memory_bytes_max = options.memory_bytes_max, .progress = options.progress});
  for (std::size_t index = 0; index < stored.size(); ++index)
    compare(stored[index], built[index], verified[stored[index].verified]);
  return verified;
}

std::string to_text(const VerifiedProjection& verified) {
  auto text = verified.name + (verified.is_kept ? " (kept): " : ": ");
  if (verified.verdict == RowsVerdict::missing || verified.verdict == RowsVerdict::not_compared)
    return text + verified.problem;
  text += std::to_string(verified.rows) + " rows at position " + std::to_string(verified.position.value) + ", ";
  text += verified.verdict == RowsVerdict::as_folded ? "as the log gives them" : verified.problem;
  text += to_text(verified.left_out);
  if (verified.rows_of_parked > 0)
    text += "\n  " + std::to_string(verified.rows_of_parked) + " rows that it wrote differ, as they may";
  return text;
}

}  // namespace gatehouse
