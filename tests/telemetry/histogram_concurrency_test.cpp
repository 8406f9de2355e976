// Many threads observe while another reads: nothing is lost, and no reading goes back.
#include <gtest/gtest.h>

#include <numeric>
#include <thread>

#include "telemetry/histogram.hpp"

namespace gatehouse::telemetry {
namespace {

constexpr std::uint64_t observations = 20'000;
constexpr std::uint64_t threads = 6;

class SharedHistogram : public testing::TestWithParam<std::size_t> {};

TEST_P(SharedHistogram, loses_nothing_and_never_goes_back) {
  Histogram histogram(count_bounds, GetParam());
  const auto counted = [&] {
    const auto totals = histogram.totals();
    return std::accumulate(totals.counts.begin(), totals.counts.end(), std::uint64_t{});
  };
  std::vector<std::thread> observers;
  for (std::uint64_t thread = 0; thread < threads; ++thread) {
    observers.emplace_back([&, thread] {
      for (std::uint64_t value = 0; value < observations; ++value)
        histogram.observe(value % 1'500 + thread);
    });
  }
  std::uint64_t before = 0;
  while (before < threads * observations / 2) {
    const auto now = counted();
    EXPECT_GE(now, before);
    before = now;
  }
  for (auto& observer : observers)
    observer.join();
  std::uint64_t sum = 0;
  for (std::uint64_t value = 0; value < observations; ++value)
    sum += threads * (value % 1'500) + threads * (threads - 1) / 2;
  EXPECT_EQ(counted(), threads * observations);
  EXPECT_EQ(histogram.totals().sum, sum);
}

INSTANTIATE_TEST_SUITE_P(Stripes, SharedHistogram, testing::Values(1U, 4U));

}  // namespace
}  // namespace gatehouse::telemetry
