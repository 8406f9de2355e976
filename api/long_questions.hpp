// Questions that may take a second (simulations, explanations) run on the workers, which also write the answers to commands: only a few of them are taken
// at a time, the next is told to come again. Any thread.
#pragma once
#include <atomic>
#include <memory>

namespace gatehouse::api {

inline constexpr int long_questions_max = 3;  // that wait for a worker or run

class LongQuestions {
 public:
  struct Leave {
    void operator()(std::atomic<int>* taken) const { --*taken; }
  };
  using Turn = std::unique_ptr<std::atomic<int>, Leave>;  // given back when it goes

  // Null when there is none.
  [[nodiscard]] Turn take() {
    Turn turn(&taken_);
    return ++taken_ > long_questions_max ? nullptr : std::move(turn);
  }

 private:
  std::atomic<int> taken_{};
};

}  // namespace gatehouse::api
