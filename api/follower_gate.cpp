#include "api/follower_gate.hpp"

#include <stdexcept>

namespace gatehouse::api {

void FollowerGate::start() {
  if (const auto started = follower_.start(); !started) throw std::runtime_error(started.error());
}

std::optional<ProjectionView> FollowerGate::view(std::string_view projection) const {
  auto rows = follower_.rows(projection);
  if (!rows) return std::nullopt;
  const auto position = rows->checkpoint();
  return ProjectionView{position, std::move(rows)};
}

void FollowerGate::wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                            std::function<void(bool)> done) {
  follower_.wait_for({&projection, 1}, position, deadline,
                     [done = std::move(done)](WaitOutcome outcome) { done(outcome == WaitOutcome::reached); });
}

}  // namespace gatehouse::api
