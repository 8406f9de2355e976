// How often values of which size came, counted without locks: fixed buckets of relaxed atomics. Where several threads observe at once, each gets a
// stripe of cache lines of its own. A reader adds the stripes up at any time; what is observed meanwhile may be missing from the sum and be in a bucket.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gatehouse::telemetry {

// Nanoseconds: 25 microseconds to 10 seconds. A synced write of a good disk is in the first ones.
inline constexpr std::array<std::uint64_t, 18> duration_bounds{
    25'000,      50'000,      100'000,       250'000,       500'000,       1'000'000,
    2'500'000,   5'000'000,   10'000'000,    25'000'000,    50'000'000,    100'000'000,
    250'000'000, 500'000'000, 1'000'000'000, 2'500'000'000, 5'000'000'000, 10'000'000'000};
// How many of something were handled together.
inline constexpr std::array<std::uint64_t, 11> count_bounds{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

class Histogram {
 public:
  struct Totals {
    std::span<const std::uint64_t> bounds;
    std::vector<std::uint64_t> counts;  // of each bucket alone, and last of what is above all bounds
    std::uint64_t sum{};
  };

  // `bounds` ascend, are the largest values of their buckets, and outlive the histogram.
  explicit Histogram(std::span<const std::uint64_t> bounds, std::size_t stripes = 1);

  void observe(std::uint64_t value);
  // Into buckets of nanoseconds. A clock that went back counts as no time.
  void observe(std::chrono::nanoseconds duration);

  [[nodiscard]] Totals totals() const;

 private:
  static constexpr std::size_t cells_of_line = 8;
  struct alignas(64) Line {
    std::array<std::atomic<std::uint64_t>, cells_of_line> cells{};
  };

  // The buckets, and behind them the sum.
  [[nodiscard]] std::atomic<std::uint64_t>& cell(std::size_t stripe, std::size_t index) const {
    return lines_[stripe * lines_of_stripe_ + index / cells_of_line].cells[index % cells_of_line];
  }

  std::span<const std::uint64_t> bounds_;
  std::size_t stripes_;
  std::size_t lines_of_stripe_;
  std::unique_ptr<Line[]> lines_;
};

}  // namespace gatehouse::telemetry
