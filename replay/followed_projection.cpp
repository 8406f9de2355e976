#include "replay/followed_projection.hpp"

#include <utility>

namespace gatehouse {

void FollowedProjection::follow(std::shared_ptr<ProjectionTable> table) {
  put(Part::current, std::make_unique<LiveGeneration>(projection_, std::move(table)));
}

void FollowedProjection::serve_former(std::shared_ptr<ProjectionTable> table) {
  const std::lock_guard lock(mutex_);
  serving_ = std::move(table);
  if (serving_)
    position_.store(serving_->snapshot()->checkpoint().value, std::memory_order_release);
}

void FollowedProjection::put(Part part, std::unique_ptr<LiveGeneration> generation) {
  parts_[static_cast<std::size_t>(part)] = std::move(generation);
  refresh();
}

std::unique_ptr<LiveGeneration> FollowedProjection::take(Part part) {
  auto taken = std::exchange(parts_[static_cast<std::size_t>(part)], nullptr);
  refresh();
  return taken;
}

void FollowedProjection::promote(Part part) {
  const auto index = [](Part one) { return static_cast<std::size_t>(one); };
  auto former = std::exchange(parts_[index(Part::current)], std::exchange(parts_[index(part)], nullptr));
  if (former)
    parts_[index(Part::kept)] = std::move(former);
  refresh();
}

bool FollowedProjection::is_even(Part part) const {
  const auto* current = at(Part::current);
  return current != nullptr && at(part) != nullptr && at(part)->checkpoint() == current->checkpoint();
}

void FollowedProjection::announce(Part part, const FoldStep& step) {
  if (part == Part::current && !step.parked.empty())
    may_have_parked_.store(true, std::memory_order_release);
}

void FollowedProjection::publish(Part part, const FoldStep& step) {
  at(part)->take(step);
  if (part == Part::current)
    events_applied_ += step.events;
  if (part != Part::fresh && (!step.parked.empty() || !step.released.empty() || step.stopped))
    return refresh();
  const std::lock_guard lock(mutex_);
  if (part == Part::kept)
    kept_ = step.checkpoint;
  if (part != Part::current)
    return;
  rate_.add(step.events, std::chrono::steady_clock::now());
  position_.store(step.checkpoint.value, std::memory_order_release);
}

void FollowedProjection::fail(Part part, FoldFailure failure) {
  at(part)->stop(std::move(failure));
  refresh();
}

void FollowedProjection::refresh() {
  const auto* current = at(Part::current);
  const auto* kept = at(Part::kept);
  const std::lock_guard lock(mutex_);
  kept_ = kept != nullptr ? std::optional(kept->checkpoint()) : std::nullopt;
  is_lacking_ = current == nullptr;
  if (current != nullptr) {
    serving_ = current->table();
    failure_ = current->stopped();
    parked_ = current->parked();
    position_.store(current->checkpoint().value, std::memory_order_release);
  }
  may_have_parked_.store(!parked_.empty(), std::memory_order_release);
  failed_.store(failure_.has_value(), std::memory_order_release);
}

void FollowedProjection::fail_build(FoldFailure failure) {
  const std::lock_guard lock(mutex_);
  failure_ = std::move(failure);
  failed_.store(true, std::memory_order_release);
}

std::shared_ptr<const ProjectionSnapshot> FollowedProjection::rows() const {
  const std::lock_guard lock(mutex_);
  return serving_ ? serving_->snapshot() : nullptr;
}

std::vector<ParkedStream> FollowedProjection::parked() const {
  const std::lock_guard lock(mutex_);
  return parked_;
}

bool FollowedProjection::has_kept() const {
  const std::lock_guard lock(mutex_);
  return kept_.has_value();
}

bool FollowedProjection::has_current() const {
  const std::lock_guard lock(mutex_);
  return !is_lacking_;
}

ProjectionStatus FollowedProjection::status(Position head) const {
  const std::lock_guard lock(mutex_);
  ProjectionStatus status;
  status.name = projection_->name();
  status.version = projection_->version();
  status.state = is_lacking_ ? ProjectionState::rebuilding : ProjectionState::following;
  status.position = {position_.load(std::memory_order_acquire)};
  status.lag = head > status.position ? head.value - status.position.value : 0;
  status.events_per_second = rate_.per_second(std::chrono::steady_clock::now());
  status.events_applied = events_applied_;
  status.last_error = failure_;
  status.parked = parked_.size();
  for (const auto& parked : parked_) {
    if (!status.parked_since || parked.since < *status.parked_since)
      status.parked_since = parked.since;
  }
  status.kept = kept_;
  if (failure_)
    status.state = ProjectionState::failed;
  return status;
}

}  // namespace gatehouse
