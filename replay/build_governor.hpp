// Lets a rebuild work as much as those who give commands do not feel it: watches how long they wait for their answers, compares that with how long
// they waited while nothing was rebuilt, and stretches the pauses between a rebuild's steps when the slowest in a hundred wait longer.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace gatehouse {

class BuildGovernor {
 public:
  using Duration = std::chrono::nanoseconds;

  // p99 may be so many times what it was, or this, whichever is more.
  static constexpr double slowdown_max = 1.25;
  static constexpr Duration p99_ignored = std::chrono::milliseconds(1);
  // Of the time, that a rebuild gets at least.
  static constexpr unsigned duty_percent_min = 5;
  // Fewer answers in a step say nothing.
  static constexpr std::uint64_t answers_min = 32;

  // A command was answered. Any thread; costs a few nanoseconds.
  void command_answered(Duration took);

  // One rebuild at a time: what was answered before belongs to the quiet.
  void begin();
  void end();
  // How long to rest after a step that took so long.
  [[nodiscard]] Duration rest_after(Duration step);
  [[nodiscard]] unsigned duty_percent() const { return duty_percent_.load(std::memory_order_relaxed); }

 private:
  // Answers by how long they took: four classes for each power of two of microseconds.
  static constexpr std::size_t class_count = 4 * 32;
  using Counts = std::array<std::uint64_t, class_count>;

  [[nodiscard]] Counts counts() const;
  [[nodiscard]] static Duration p99_of(const Counts& counts);

  std::array<std::atomic<std::uint64_t>, class_count> answered_{};
  std::atomic<unsigned> duty_percent_{100};
  // The rebuild's thread alone:
  Counts quiet_{};  // answered while nothing was rebuilt; older answers count less
  Counts seen_{};   // of answered_
  Duration allowed_{};
};

}  // namespace gatehouse
