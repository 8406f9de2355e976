#include "api/follower_gate.hpp"

#include <algorithm>
#include <stdexcept>

#include "projections/past.hpp"

namespace gatehouse::api {

Position ProjectionView::whole_up_to(const AccountId& account) const {
  auto whole = position;
  for (const auto& one : parked) {
    if (one.stream == account || is_platform_stream(one.stream))
      whole = std::min(whole, Position{one.position.value - 1});
  }
  return whole;
}

FollowerGate::FollowerGate(EventLog& log, ProjectionStore& store, const IncidentSink& report)
    : present_(log, store, followed_projections(), {.report = report}),
      past_(log, store, {std::make_shared<PastProjection>()}, {.in_background = true, .report = report}),
      rebuilder_(log, store, {&present_, &past_}, {.report = report}) {}

void FollowerGate::start() {
  for (auto* follower : {&present_, &past_}) {
    if (const auto started = follower->start(); !started)
      throw std::runtime_error(started.error());
  }
  rebuilder_.start();
}

void FollowerGate::stop() {
  rebuilder_.stop();
  past_.stop();
  present_.stop();
}

std::optional<ProjectionView> FollowerGate::view(std::string_view projection) const {
  const auto& follower = projection == past_projection ? past_ : present_;
  auto rows = follower.rows(projection);
  if (!rows)
    return std::nullopt;
  const auto position = rows->checkpoint();
  auto parked = follower.parked_in(projection, *rows);
  return ProjectionView{position, std::move(rows), std::move(parked)};
}

void FollowerGate::wait_for(std::string_view projection, Position position,
                            std::chrono::steady_clock::time_point deadline, std::function<void(bool)> done) {
  (projection == past_projection ? past_ : present_)
      .wait_for({&projection, 1}, position, deadline,
                [done = std::move(done)](WaitOutcome outcome) { done(outcome == WaitOutcome::reached); });
}

}  // namespace gatehouse::api
