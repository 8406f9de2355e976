// Those who wait until some projections have reached a position. Thread-safe. Callbacks run on the thread that completes them, without a lock
// held, and must be quick.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "events/envelope.hpp"

namespace gatehouse {

enum class WaitOutcome : std::uint8_t { reached, timed_out, failed, stopped };

class PositionWaits {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Callback = std::function<void(WaitOutcome)>;
  // What it is waited for, looked at again whenever something has changed; nothing while it has not come.
  using Condition = std::function<std::optional<WaitOutcome>()>;

  // Beyond this many waiting at once, the next one is told that its time is over.
  static constexpr std::size_t waits_max = 100'000;

  // The condition is looked at once more after the wait is in place, so no change goes unseen. True: it is now the first whose time will be over.
  bool add(Condition condition, Time deadline, Callback callback);
  void check(Time now);
  void stop();
  [[nodiscard]] std::optional<Time> next_deadline() const;

 private:
  struct Wait {
    Condition condition;
    Time deadline;
    Callback callback;
  };

  mutable std::mutex mutex_;
  std::vector<Wait> waits_;
  bool stopped_{};
};

}  // namespace gatehouse
