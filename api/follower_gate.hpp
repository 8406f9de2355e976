// The follower as the API sees it: rows to read, positions to wait for, figures for the operator.
#pragma once
#include "api/projection_gate.hpp"
#include "replay/follower.hpp"

namespace gatehouse::api {

class FollowerGate final : public ProjectionGate {
 public:
  // Both outlive the gate.
  FollowerGate(EventLog& log, ProjectionStore& store) : follower_(log, store, followed_projections()) {}

  // Throws std::runtime_error when the rows are ahead of the log.
  void start();
  void stop() { follower_.stop(); }

  [[nodiscard]] std::optional<ProjectionView> view(std::string_view projection) const override;
  void wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                std::function<void(bool)> done) override;
  [[nodiscard]] std::vector<ProjectionStatus> statuses() const override { return follower_.status(); }

  [[nodiscard]] Follower& follower() { return follower_; }

 private:
  Follower follower_;
};

}  // namespace gatehouse::api
