// Whether the store may still be written: after the first error of the disk or of RocksDB it may not, for good, because what that error
// left behind is only learned by opening again. Thread-safe.
#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace gatehouse {

class StoreHealth {
 public:
  enum class Cause { no_space, other };

  void fail(std::string_view reason, Cause cause) {
    const std::lock_guard lock(mutex_);
    if (reason_.empty())
      reason_ = reason.empty() ? "unknown error" : reason;
    only_space_ = only_space_ && cause == Cause::no_space;
    failed_.store(true, std::memory_order_release);
  }
  [[nodiscard]] bool failed() const { return failed_.load(std::memory_order_acquire); }
  // Nothing but a full disk was met: once there is room again, opening again is all that it takes.
  [[nodiscard]] bool failed_for_space_alone() const {
    const std::lock_guard lock(mutex_);
    return !reason_.empty() && only_space_;
  }
  [[nodiscard]] std::string reason() const {
    const std::lock_guard lock(mutex_);
    return reason_;
  }

 private:
  std::atomic<bool> failed_{};
  mutable std::mutex mutex_;
  std::string reason_;  // of the first failure
  bool only_space_ = true;
};

// Ends the process because stored bytes cannot be read: an answer made without them would be a lie, and the next start finds the place. But for a thread
// that can do without them (store/try_to_read.hpp).
[[noreturn]] void stop_on_unreadable(std::string_view what, std::string_view detail);

// What is done first then: says more, ends the process in another way, or throws, as a tool does which goes on with something else. `what` is a table's name. Set before
// other threads begin.
using WhenUnreadable = std::function<void(std::string_view what, std::string_view detail)>;
void when_unreadable(WhenUnreadable act);

}  // namespace gatehouse
