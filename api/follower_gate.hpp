// The followers as the API sees them: rows to read, positions to wait for, and what operators see and do. The read models of the present have one,
// which the past never holds up; all are rebuilt in one reading of the log.
#pragma once
#include "api/projection_gate.hpp"
#include "replay/follower.hpp"

namespace gatehouse::api {

class FollowerGate final : public ProjectionGate {
 public:
  // Both outlive the gate.
  FollowerGate(EventLog& log, ProjectionStore& store, const IncidentSink& report = {});

  // Throws std::runtime_error when the rows are ahead of the log.
  void start();
  void stop();

  [[nodiscard]] std::optional<ProjectionView> view(std::string_view projection) const override;
  void wait_for(std::string_view projection, Position position, std::chrono::steady_clock::time_point deadline,
                std::function<void(bool)> done) override;
  [[nodiscard]] std::vector<ProjectionStatus> statuses() const override { return rebuilder_.statuses(); }
  [[nodiscard]] Rebuilder& rebuilder() override { return rebuilder_; }

  // Of the present.
  [[nodiscard]] Follower& follower() { return present_; }

 private:
  Follower present_;
  Follower past_;
  Rebuilder rebuilder_;
};

}  // namespace gatehouse::api
