// The one thread on which all feeds are told, with a low priority: however many there are, commands and queries come first. It reads what is appended once for all
// of them and wakes those alone whose stream it is; who does not read what it was sent is not woken, and costs nothing.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse::api {

class FeedThread {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Job = std::function<std::size_t()>;  // returns how many bytes it told

  // `log` must outlive the thread.
  explicit FeedThread(EventLog& log);
  ~FeedThread();  // stop()

  // Jobs run in the order of posting, and after stop() no more. Any thread.
  void post(Job job);
  // Posts the job when the stream has an event after `known`, at the deadline, or when the thread stops, whichever comes first.
  void post_when_grown(const AccountId& stream, Position known, Time deadline, Job job);
  // Runs what waits, then ends.
  void stop();

 private:
  struct Waiter {
    Time deadline;
    Job job;
  };
  using Waiters = std::multimap<AccountId, Waiter>;

  void run();
  void read_new(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] std::size_t tell(std::unique_lock<std::mutex>& lock);
  void take_due();
  [[nodiscard]] Time next_deadline() const;

  EventLog& log_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  Waiters waiters_;
  Position seen_;  // up to there the streams of the log were looked at
  bool grown_ = false;
  bool stopping_ = false;
  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
};

}  // namespace gatehouse::api
