#include "replay/followed_projection.hpp"

#include <utility>

#include "replay/apply_events.hpp"

namespace gatehouse {

void FollowedProjection::follow(std::shared_ptr<ProjectionTable> table) {
  live_ = table;
  checkpoint_ = table->snapshot()->checkpoint();
  const std::lock_guard lock(mutex_);
  serving_ = std::move(table);
  build_.reset();
  position_.store(checkpoint_.value, std::memory_order_release);
}

void FollowedProjection::serve_former(std::shared_ptr<ProjectionTable> table) {
  const std::lock_guard lock(mutex_);
  serving_ = std::move(table);
  build_.emplace();
  if (serving_) position_.store(serving_->snapshot()->checkpoint().value, std::memory_order_release);
}

void FollowedProjection::catch_up(std::shared_ptr<ProjectionTable> table) {
  live_ = std::move(table);
  checkpoint_ = live_->snapshot()->checkpoint();
}

void FollowedProjection::report_build(const WorkProgress& progress) {
  const std::lock_guard lock(mutex_);
  build_ = progress;
}

OverlayTable::Changes FollowedProjection::fold(const std::vector<RecordedEvent>& events, Position& checkpoint) {
  const auto base = live_->snapshot();
  OverlayTable rows(*base);
  checkpoint = events.back().envelope.position;
  auto failure = apply_events(*projection_, rows, events, checkpoint_);
  if (!failure) return rows.changes();
  // The event that failed may have left half of its rows: once more, without it. The fold is deterministic, so this cannot fail.
  rows.clear();
  checkpoint = checkpoint_;
  std::vector<RecordedEvent> before;
  for (const auto& event : events) {
    if (event.envelope.position >= failure->position) break;
    before.push_back(event);
    if (event.envelope.position > checkpoint) checkpoint = event.envelope.position;
  }
  (void)apply_events(*projection_, rows, before, checkpoint_);
  fail(std::move(*failure));
  return rows.changes();
}

void FollowedProjection::publish(Position checkpoint, std::uint64_t events) {
  checkpoint_ = checkpoint;
  const std::lock_guard lock(mutex_);
  rate_.add(events, std::chrono::steady_clock::now());
  if (live_ == serving_) position_.store(checkpoint.value, std::memory_order_release);
}

void FollowedProjection::fail(FoldFailure failure) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(failure);
  failed_.store(true, std::memory_order_release);
}

std::shared_ptr<const ProjectionSnapshot> FollowedProjection::rows() const {
  const std::lock_guard lock(mutex_);
  return serving_ ? serving_->snapshot() : nullptr;
}

ProjectionStatus FollowedProjection::status(Position head) const {
  const std::lock_guard lock(mutex_);
  ProjectionStatus status;
  status.name = projection_->name();
  status.version = projection_->version();
  status.state = build_ ? ProjectionState::rebuilding : ProjectionState::following;
  if (failure_) status.state = ProjectionState::failed;
  status.position = {position_.load(std::memory_order_acquire)};
  status.lag = head > status.position ? head.value - status.position.value : 0;
  status.events_per_second = rate_.per_second(std::chrono::steady_clock::now());
  status.last_error = failure_;
  status.rebuild = build_;
  return status;
}

}  // namespace gatehouse
