#include "api/follower_gate.hpp"

#include <stdexcept>

#include "projections/past.hpp"

namespace gatehouse::api {

FollowerGate::FollowerGate(EventLog& log, ProjectionStore& store)
    : present_(log, store, followed_projections()),
      past_(log, store, {std::make_shared<PastProjection>()}, {.in_background = true}) {}

void FollowerGate::start() {
  for (auto* follower : {&present_, &past_}) {
    if (const auto started = follower->start(); !started)
      throw std::runtime_error(started.error());
  }
}

void FollowerGate::stop() {
  past_.stop();
  present_.stop();
}

std::optional<ProjectionView> FollowerGate::view(std::string_view projection) const {
  auto rows = (projection == past_projection ? past_ : present_).rows(projection);
  if (!rows)
    return std::nullopt;
  const auto position = rows->checkpoint();
  return ProjectionView{position, std::move(rows)};
}

void FollowerGate::wait_for(std::string_view projection, Position position,
                            std::chrono::steady_clock::time_point deadline, std::function<void(bool)> done) {
  (projection == past_projection ? past_ : present_)
      .wait_for({&projection, 1}, position, deadline,
                [done = std::move(done)](WaitOutcome outcome) { done(outcome == WaitOutcome::reached); });
}

std::vector<ProjectionStatus> FollowerGate::statuses() const {
  auto statuses = present_.status();
  const auto past = past_.status();
  statuses.insert(statuses.end(), past.begin() + 1, past.end());  // both begin with the log's state
  return statuses;
}

}  // namespace gatehouse::api
