// When events are recorded, and which times are over: from then on no event is recorded at that time or before it, and all that were can be read. What
// is asked as of a time, or followed up to one, is answered once that is so, and the answer stays true.
//
// A group's events are recorded at times at or after its beginning, and can be read at its end, which comes later: after the sync of the group before it
// and of its own. So a time is over when no group that began by then is under way; one whose write has an unknown outcome stays so. Asking raises the floor of what is recorded from now on,
// so that a clock that goes back does not bring the time again. Any thread.
#pragma once
#include <algorithm>
#include <list>
#include <mutex>
#include <utility>

#include "commands/command_service.hpp"

namespace gatehouse {

class RecordingTimes {
 public:
  explicit RecordingTimes(Clock clock) : clock_(std::move(clock)) {}

  // A group under way, until it is destroyed. Before anything of it is decided.
  class Group {
   public:
    explicit Group(RecordingTimes& times) : times_(&times), place_(times.begin()) {}
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    ~Group() { times_->end(place_); }

   private:
    RecordingTimes* times_;
    std::list<Timestamp>::iterator place_;
  };

  // For the next command of a group. Never goes back.
  [[nodiscard]] Timestamp now() {
    const std::lock_guard lock(mutex_);
    return read();
  }

  [[nodiscard]] bool is_over(Timestamp time) {
    const std::lock_guard lock(mutex_);
    if (read() <= time)
      return false;
    for (const auto begun : under_way_) {
      if (begun <= time)
        return false;
    }
    return true;
  }

 private:
  // Under the mutex.
  Timestamp read() { return latest_ = std::max(latest_, clock_()); }

  std::list<Timestamp>::iterator begin() {
    const std::lock_guard lock(mutex_);
    return under_way_.insert(under_way_.end(), read());
  }
  void end(std::list<Timestamp>::iterator group) {
    const std::lock_guard lock(mutex_);
    under_way_.erase(group);
  }

  const Clock clock_;
  std::mutex mutex_;
  Timestamp latest_;
  std::list<Timestamp> under_way_;
};

}  // namespace gatehouse
