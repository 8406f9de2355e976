// A thread that does for those of low priority what others wait for. RocksDB writes for one after the other: whoever is interrupted there, and gets no
// processor for a while, keeps every command behind it waiting as long.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace gatehouse {

class PromptThread {
 public:
  // Has the priority of the calling thread.
  PromptThread();
  PromptThread(const PromptThread&) = delete;
  PromptThread& operator=(const PromptThread&) = delete;
  ~PromptThread();

  // Done by the calling thread itself, unless that has a low priority; then one after the other, in the order in which they come. Any thread.
  void run(const std::function<void()>& work) { start(work).get(); }
  // Returns at once where the thread of its own does it. What the work refers to must be there until the future is ready.
  [[nodiscard]] std::future<void> start(std::function<void()> work);

 private:
  void serve();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::packaged_task<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse
