// The threads for questions that no I/O thread and no worker should be kept by: those about the past, and those that may take a second (simulations, explanations).
// Each kind has one thread of its own, so that neither holds up the other, nor the answers to commands. Any thread.
#pragma once
#include <atomic>
#include <memory>

#include "api/workers.hpp"

namespace gatehouse::api {

inline constexpr int long_questions_max = 3;  // that wait or run

class QuestionLanes {
 public:
  struct Leave {
    void operator()(std::atomic<int>* taken) const { --*taken; }
  };
  using Turn = std::unique_ptr<std::atomic<int>, Leave>;  // given back when it goes

  QuestionLanes();

  // For a long question; null when there are as many as may be.
  [[nodiscard]] Turn take_turn();
  [[nodiscard]] Workers& lengthy() { return lengthy_; }
  [[nodiscard]] Workers& past() { return past_; }
  void stop();

 private:
  std::atomic<int> taken_{};
  // One at a time: an answer does not wait for the next one to be found.
  Workers lengthy_{1, 1};
  Workers past_{1, 1};
};

}  // namespace gatehouse::api
