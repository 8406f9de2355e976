// Events per second over the last few seconds. One thread at a time.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>

namespace gatehouse {

class EventRate {
 public:
  using Time = std::chrono::steady_clock::time_point;

  void add(std::uint64_t events, Time now) {
    move_to(now);
    counts_[second_ % counts_.size()] += events;
  }
  // Of the seconds that are over.
  [[nodiscard]] std::uint64_t per_second(Time now) {
    move_to(now);
    std::uint64_t sum = 0;
    for (const auto count : counts_) sum += count;
    return (sum - counts_[second_ % counts_.size()]) / (counts_.size() - 1);
  }

 private:
  void move_to(Time now) {
    const auto second = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
    if (second - second_ > counts_.size()) {
      counts_ = {};
      second_ = second;
    }
    while (second_ < second) counts_[++second_ % counts_.size()] = 0;
  }

  std::array<std::uint64_t, 6> counts_{};
  std::uint64_t second_{};
};

}  // namespace gatehouse
