// Tells those who wait that the log has grown: for long polls, and for reads that ask for a position still to come. A waiter
// costs no thread; the number of them is bounded, because each may be woken with every append group.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse::api {

class LogWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Done = std::function<void(bool reached)>;
  using HungUp = std::shared_ptr<const std::atomic<bool>>;

  static constexpr std::chrono::seconds hang_up_look{1};  // so often it looks whether somebody has hung up

  // `log` must outlive the watch.
  explicit LogWatch(EventLog& log, std::size_t waiters_max = 10'000);
  ~LogWatch();  // stop()

  // Calls `done` once, on the watch's own thread, and it must be quick: with true when the log's head has reached `position` and
  // `not_before` has passed, with false at the deadline, soon after `hung_up` (if there is one) became true, or when the watch
  // stops. False, and `done` is not called, when there are too many waiters already or the watch has stopped.
  [[nodiscard]] bool wait_for(Position position, Time not_before, Time deadline, Done done, HungUp hung_up = nullptr);
  void stop();

 private:
  struct Waiter {
    Position position;
    Time not_before;
    Time deadline;
    Done done;
    HungUp hung_up;

    [[nodiscard]] bool is_due(Position head, Time now) const;
  };

  void run();
  Time next_wake(Time now) const;

  EventLog* log_;
  std::size_t waiters_max_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool changed_ = false;
  std::vector<Waiter> waiters_;
  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
};

}  // namespace gatehouse::api
