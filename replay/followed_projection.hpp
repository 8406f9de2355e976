// One projection as the follower runs it: the rows that serve, those that are being brought forward, how far they are, and why they stopped.
// The follower's thread alone changes it; everything public below the line is for any thread.
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "projections/projection.hpp"
#include "replay/event_rate.hpp"
#include "replay/projection_status.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

class FollowedProjection {
 public:
  explicit FollowedProjection(std::shared_ptr<const Projection> projection) : projection_(std::move(projection)) {}

  // Rows that serve and are brought forward.
  void follow(std::shared_ptr<ProjectionTable> table);
  // Rows of an earlier version that serve while today's are made, and stay as they are; null when there are none.
  void serve_former(std::shared_ptr<ProjectionTable> table);
  // Rows that are brought forward and do not serve yet.
  void catch_up(std::shared_ptr<ProjectionTable> table);
  void report_build(const WorkProgress& progress);

  // What is brought forward, if anything is.
  [[nodiscard]] ProjectionTable* live() const { return live_.get(); }
  [[nodiscard]] const std::shared_ptr<ProjectionTable>& shared_live() const { return live_; }
  [[nodiscard]] bool is_catching_up() const { return live_ && live_ != serving_; }
  [[nodiscard]] Position checkpoint() const { return checkpoint_; }

  // The rows as they are after those of `events` that are new, for a write; up to the first event that the projection cannot take, at which it
  // stops.
  [[nodiscard]] OverlayTable::Changes fold(const std::vector<RecordedEvent>& events, Position& checkpoint);
  // The write is done.
  void publish(Position checkpoint, std::uint64_t events);
  void fail(FoldFailure failure);

  // ---
  [[nodiscard]] const std::shared_ptr<const Projection>& projection() const { return projection_; }
  [[nodiscard]] bool has_reached(Position position) const { return position_.load(std::memory_order_acquire) >= position.value; }
  [[nodiscard]] bool has_failed() const { return failed_.load(std::memory_order_acquire); }
  // Null when there is nothing that could answer.
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> rows() const;
  [[nodiscard]] ProjectionStatus status(Position head) const;

 private:
  std::shared_ptr<const Projection> projection_;
  std::shared_ptr<ProjectionTable> live_;
  Position checkpoint_;  // of live_

  std::atomic<std::uint64_t> position_{};  // of serving_
  std::atomic<bool> failed_{};

  mutable std::mutex mutex_;  // guards what follows
  std::shared_ptr<ProjectionTable> serving_;
  std::optional<FoldFailure> failure_;
  std::optional<WorkProgress> build_;
  mutable EventRate rate_;
};

}  // namespace gatehouse
