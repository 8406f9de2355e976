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

  // Returns when it was done: by the calling thread itself, unless that has a low priority. Any thread; one after the other of those of low priority.
  void run(const std::function<void()>& work);

 private:
  void serve();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::packaged_task<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse
