// The time that is recorded: the system's, as long as that does what clocks do. When it jumps, this one goes on by the time that passes, because
// what was recorded stays: events of next year would hold their accounts there, and every idempotency key would be too old. Thread-safe.
#pragma once
#include <chrono>
#include <functional>
#include <mutex>
#include <string_view>

#include "events/timestamp.hpp"

namespace gatehouse::cli {

// How far the system's clock may be set while the server runs and is followed: at once when forward; when back, by going at half the pace.
inline constexpr std::chrono::milliseconds followed_step_max = std::chrono::hours{1};

class HeldClock {
 public:
  struct Sources {
    std::function<Timestamp()> system;
    std::function<std::chrono::milliseconds()> passed;  // from whenever; counts while the machine sleeps, too
  };

  // `report` is told when it leaves the system's clock alone, and when it follows it again.
  HeldClock(Sources sources, std::function<void(std::string_view)> report);

  // Before the first now(): the newest time that is recorded. A clock that was set back since is followed as if that had happened while the server ran.
  void go_on_from(Timestamp recorded);

  // Never goes back.
  [[nodiscard]] Timestamp now();

 private:
  void note(bool is_held, std::chrono::milliseconds ahead);

  Sources sources_;
  std::function<void(std::string_view)> report_;
  std::mutex mutex_;
  std::chrono::milliseconds passed_;
  std::chrono::milliseconds time_;
  bool is_held_ = false;
};

[[nodiscard]] HeldClock::Sources machine_clocks();

}  // namespace gatehouse::cli
