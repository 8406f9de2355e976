// A follower with what makes rows anew for it, as the program runs them.
#pragma once
#include <gtest/gtest.h>

#include <future>

#include "replay/rebuilder.hpp"

namespace gatehouse::testing {

struct RunningFollower {
  RunningFollower(EventLog& log, ProjectionStore& store, ProjectionSet projections, Follower::Options options)
      : follower(log, store, std::move(projections), std::move(options)), rebuilder(log, store, {&follower}, {}) {
    const auto started = follower.start();
    EXPECT_TRUE(started.has_value()) << started.error();
    rebuilder.start();
  }
  ~RunningFollower() { stop(); }
  void stop() {
    rebuilder.stop();
    follower.stop();
  }

  Follower follower;
  Rebuilder rebuilder;
};

[[nodiscard]] inline WaitOutcome wait(Follower& follower, std::vector<std::string_view> names, Position position,
                                      std::chrono::milliseconds time = std::chrono::seconds(60)) {
  std::promise<WaitOutcome> told;
  follower.wait_for(names, position, std::chrono::steady_clock::now() + time,
                    [&](WaitOutcome outcome) { told.set_value(outcome); });
  return told.get_future().get();
}

[[nodiscard]] inline ProjectionStatus status_of(const Rebuilder& rebuilder, std::string_view name) {
  for (auto& status : rebuilder.statuses()) {
    if (status.name == name)
      return status;
  }
  ADD_FAILURE() << "no projection " << name;
  return {};
}

}  // namespace gatehouse::testing
