// A few threads for what must run neither on an I/O thread nor on the commit thread: writing answers, and queries that had to
// wait. The queue is as long as the requests in flight, which the transport bounds. Any thread may post.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::api {

class Workers {
 public:
  // Answers of jobs that a thread takes together leave together, which costs one wake-up of an I/O thread; more of them
  // would keep the first one waiting.
  static constexpr std::size_t short_jobs_at_once = 16;

  explicit Workers(unsigned threads, std::size_t jobs_at_once_max = short_jobs_at_once);
  ~Workers();  // stop()

  // Jobs run in the order of posting, several at a time. After stop() a job runs on the posting thread.
  void post(std::function<void()> job);
  // Runs what is queued, then ends the threads.
  void stop();

 private:
  void run();
  std::vector<std::function<void()>> take_share();  // of the jobs that wait; under the lock

  std::size_t threads_count_;
  std::size_t jobs_at_once_max_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace gatehouse::api
