// The times of many operations, exactly: every one is kept (8 bytes each), because histograms hide what the last percent looks like.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace gatehouse::bench {

class Latencies {
 public:
  void add(std::chrono::nanoseconds time) { times_.push_back(time); }
  void merge(const Latencies& other) { times_.insert(times_.end(), other.times_.begin(), other.times_.end()); }
  [[nodiscard]] std::size_t count() const { return times_.size(); }

  // 0 when there are none.
  [[nodiscard]] double percentile_ms(std::size_t percent) const {
    if (times_.empty()) return 0;
    auto times = times_;
    const auto nth = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) * percent / 100);
    std::ranges::nth_element(times, nth);
    return std::chrono::duration<double, std::milli>(*nth).count();
  }

 private:
  std::vector<std::chrono::nanoseconds> times_;
};

}  // namespace gatehouse::bench
