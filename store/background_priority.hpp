// For work that may wait: it gets the processors that nobody else wants.
#pragma once
#include <future>
#include <thread>
#include <utility>

namespace gatehouse {

// Of the calling thread, for good. Where the system refuses, it stays as it is. It must hold nothing then that others wait for: a thread without a
// processor keeps it for long.
void lower_own_priority();
[[nodiscard]] bool own_priority_is_low();

// What `work` returns or throws, from a thread of its own: the calling one keeps its priority.
template <class Work>
auto at_low_priority(Work work) {
  std::packaged_task<decltype(work())()> task([work = std::move(work)]() mutable {
    lower_own_priority();
    return work();
  });
  auto outcome = task.get_future();
  std::thread(std::move(task)).join();
  return outcome.get();
}

}  // namespace gatehouse
