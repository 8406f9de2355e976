// Tells those who follow a stream of the log that it has grown. One thread reads what is appended, once for all of them, and wakes those alone whose stream it is:
// whoever waits costs writers nothing, and a busy account does not wake the readers of others. Nobody waits: it does not read.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse::api {

class StreamWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Done = std::function<void(bool grown)>;

  // `log` must outlive the watch.
  explicit StreamWatch(EventLog& log);
  ~StreamWatch();  // stop()

  // Calls `done` once, and it must be quick: with true when the stream has an event after `known` (at once on the calling thread if it has one already, on the
  // watch's own otherwise), with false at the deadline or when the watch stops.
  void wait_for(const AccountId& stream, Position known, Time deadline, Done done);
  void stop();

  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Waiter {
    Time deadline;
    Done done;
  };
  using Waiters = std::multimap<AccountId, Waiter>;

  void run();
  void read_new(std::unique_lock<std::mutex>& lock);
  void take_due(bool all);
  [[nodiscard]] Time next_deadline() const;

  EventLog& log_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  Waiters waiters_;
  Position seen_;  // up to there the streams of the log were looked at
  bool grown_ = false;
  bool stopping_ = false;
  std::vector<std::pair<Done, bool>> woken_;
  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
};

}  // namespace gatehouse::api
