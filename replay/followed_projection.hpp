// One projection as the follower runs it: the rows that serve, those that are kept to go back to, those that are being brought up, and how far they
// are. The follower's thread alone changes it; everything public below the line is for any thread.
#pragma once
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "replay/event_rate.hpp"
#include "replay/live_generation.hpp"
#include "replay/projection_status.hpp"

namespace gatehouse {

class FollowedProjection {
 public:
  // current: serves. kept: what it replaced, brought forward with it. fresh: made anew, on its way up to it.
  enum class Part : std::uint8_t { current, kept, fresh };

  explicit FollowedProjection(std::shared_ptr<const Projection> projection) : projection_(std::move(projection)) {}

  // Rows that serve and are brought forward; what was in this part is let go.
  void follow(std::shared_ptr<ProjectionTable> table);
  // Rows of an earlier version that serve while today's are made, and stay as they are; null when there are none.
  void serve_former(std::shared_ptr<ProjectionTable> table);
  void put(Part part, std::unique_ptr<LiveGeneration> generation);
  [[nodiscard]] std::unique_ptr<LiveGeneration> take(Part part);
  // `part` serves from now on, and what served is kept.
  void promote(Part part);

  [[nodiscard]] LiveGeneration* at(Part part) const { return parts_[static_cast<std::size_t>(part)].get(); }
  // Whether the rows of both hold the same events; a part that does not exist never does.
  [[nodiscard]] bool is_even(Part part) const;

  // Before a step is written: who reads the rows afterwards knows that streams may be parked.
  void announce(Part part, const FoldStep& step);
  // The step is written.
  void publish(Part part, const FoldStep& step);
  void fail(Part part, FoldFailure failure);
  // Today's rows cannot be made; those of an earlier version serve, or none.
  void fail_build(FoldFailure failure);
  // What is said of the parts after they changed otherwise.
  void refresh();

  // ---
  [[nodiscard]] const std::shared_ptr<const Projection>& projection() const { return projection_; }
  [[nodiscard]] bool has_reached(Position position) const {
    return position_.load(std::memory_order_acquire) >= position.value;
  }
  [[nodiscard]] bool has_failed() const { return failed_.load(std::memory_order_acquire); }
  // Null when there is nothing that could answer.
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> rows() const;
  // Whether `rows` may lack events of streams that are parked. Asked after rows().
  [[nodiscard]] bool may_have_parked() const { return may_have_parked_.load(std::memory_order_acquire); }
  [[nodiscard]] std::vector<ParkedStream> parked() const;
  [[nodiscard]] bool has_kept() const;
  [[nodiscard]] bool has_current() const;  // rows of today's version serve
  [[nodiscard]] ProjectionStatus status(Position head) const;

 private:
  std::shared_ptr<const Projection> projection_;
  std::array<std::unique_ptr<LiveGeneration>, 3> parts_;

  std::atomic<std::uint64_t> position_{};  // of serving_
  std::atomic<bool> failed_{};
  std::atomic<bool> may_have_parked_{};
  std::atomic<std::uint64_t> events_applied_{};

  mutable std::mutex mutex_;  // guards what follows
  std::shared_ptr<ProjectionTable> serving_;
  bool is_lacking_ = true;  // rows of today's version
  std::optional<FoldFailure> failure_;
  std::vector<ParkedStream> parked_;
  std::optional<Position> kept_;  // how far it is
  mutable EventRate rate_;
};

}  // namespace gatehouse
