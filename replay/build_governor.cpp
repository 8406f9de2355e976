#include "replay/build_governor.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace gatehouse {

namespace {

constexpr unsigned duty_percent_step = 5;

std::uint64_t sum(const auto& counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

// The two bits after the highest one divide each power of two.
std::size_t class_of(std::uint64_t microseconds) {
  if (microseconds < 4)
    return microseconds;
  const auto power = static_cast<std::size_t>(std::bit_width(microseconds)) - 1;
  return 4 * (power - 1) + ((microseconds >> (power - 2)) & 3);
}

// The least that is in no lower class.
std::uint64_t least_of(std::size_t number) {
  if (number < 4)
    return number;
  const auto power = number / 4 + 1;
  return (4 + number % 4) << (power - 2);
}

}  // namespace

void BuildGovernor::command_answered(Duration took) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  const auto number = class_of(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)));
  answered_[std::min(number, class_count - 1)].fetch_add(1, std::memory_order_relaxed);
}

BuildGovernor::Counts BuildGovernor::counts() const {
  Counts counts;
  std::ranges::transform(answered_, counts.begin(),
                         [](const auto& count) { return count.load(std::memory_order_relaxed); });
  return counts;
}

BuildGovernor::Duration BuildGovernor::p99_of(const Counts& counts) {
  auto left = sum(counts) / 100;
  for (auto number = class_count; number-- > 0;) {
    if (counts[number] > left)
      return std::chrono::microseconds(least_of(number));
    left -= counts[number];
  }
  return {};
}

void BuildGovernor::begin() {
  const auto now = counts();
  for (std::size_t number = 0; number < class_count; ++number)
    quiet_[number] = quiet_[number] / 2 + (now[number] - seen_[number]);
  seen_ = now;
  const auto usual = std::chrono::duration<double, std::nano>(p99_of(quiet_)) * slowdown_max;
  allowed_ = std::max(std::chrono::duration_cast<Duration>(usual), p99_ignored);
  duty_percent_.store(100, std::memory_order_relaxed);
}

void BuildGovernor::end() {
  seen_ = counts();
  duty_percent_.store(100, std::memory_order_relaxed);
}

BuildGovernor::Duration BuildGovernor::rest_after(Duration step) {
  const auto now = counts();
  Counts recent;
  std::ranges::transform(now, seen_, recent.begin(), std::minus());
  const auto answers = sum(recent);
  auto duty = duty_percent();
  if (answers >= answers_min && p99_of(recent) > allowed_) {
    duty = std::max(duty / 2, duty_percent_min);
    seen_ = now;
  } else if (answers >= answers_min || answers == 0) {
    duty = std::min(duty + duty_percent_step, 100U);
    seen_ = now;
  }
  duty_percent_.store(duty, std::memory_order_relaxed);
  return step * (100 - duty) / duty;
}

}  // namespace gatehouse
