#include "cli/follower_gate.hpp"

#include <stdexcept>

namespace gatehouse::cli {

namespace {

std::string text_of(ProjectionState state) {
  switch (state) {
    case ProjectionState::inline_: return "inline";
    case ProjectionState::following: return "following";
    case ProjectionState::rebuilding: return "rebuilding";
    case ProjectionState::failed: return "failed";
  }
  return {};
}

}  // namespace

void FollowerGate::start() {
  if (const auto started = follower_.start(); !started) throw std::runtime_error(started.error());
}

std::optional<api::ProjectionView> FollowerGate::view(std::string_view projection) const {
  auto rows = follower_.rows(projection);
  if (!rows) return std::nullopt;
  const auto position = rows->checkpoint();
  return api::ProjectionView{position, std::move(rows)};
}

void FollowerGate::wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                            std::function<void(bool)> done) {
  follower_.wait_for({&projection, 1}, position, deadline,
                     [done = std::move(done)](WaitOutcome outcome) { done(outcome == WaitOutcome::reached); });
}

std::vector<api::ProjectionStatus> FollowerGate::statuses() const {
  std::vector<api::ProjectionStatus> statuses;
  for (const auto& status : follower_.status()) {
    auto& shown = statuses.emplace_back();
    shown.name = status.name;
    shown.version = status.version;
    shown.state = text_of(status.state);
    shown.position = status.position;
    shown.lag = status.lag;
    shown.events_per_second = status.events_per_second;
    if (status.last_error) shown.last_error = to_text(*status.last_error);
    if (status.rebuild) {
      shown.rebuilt_events = status.rebuild->done;
      shown.rebuild_events_total = status.rebuild->total;
    }
  }
  return statuses;
}

}  // namespace gatehouse::cli
