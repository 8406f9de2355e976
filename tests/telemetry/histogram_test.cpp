#include "telemetry/histogram.hpp"

#include <gmock/gmock.h>

#include <array>
#include <thread>

namespace gatehouse::telemetry {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::array<std::uint64_t, 3> bounds{10, 20, 40};

TEST(Histogram, has_nothing_before_anything_was_observed) {
  const Histogram histogram(bounds);
  EXPECT_THAT(histogram.totals().counts, ElementsAre(0U, 0U, 0U, 0U));
  EXPECT_EQ(histogram.totals().sum, 0U);
}

TEST(Histogram, counts_a_bound_into_the_bucket_that_it_ends) {
  Histogram histogram(bounds);
  for (const std::uint64_t value : {0U, 10U, 11U, 20U, 40U, 41U, 1'000'000U})
    histogram.observe(value);
  EXPECT_THAT(histogram.totals().counts, ElementsAre(2U, 2U, 1U, 2U));
  EXPECT_EQ(histogram.totals().sum, 1'000'122U);
  EXPECT_THAT(histogram.totals().bounds, ElementsAre(10U, 20U, 40U));
}

TEST(Histogram, takes_a_clock_that_went_back_for_no_time) {
  Histogram histogram(duration_bounds);
  histogram.observe(std::chrono::nanoseconds(-5));
  histogram.observe(std::chrono::milliseconds(3));
  const auto totals = histogram.totals();
  EXPECT_EQ(totals.counts.front(), 1U);
  EXPECT_EQ(totals.counts[7], 1U);
  EXPECT_EQ(totals.sum, 3'000'000U);
}

TEST(Histogram, adds_up_what_threads_observed_apart) {
  Histogram histogram(count_bounds, 4);
  for (int round = 0; round < 9; ++round)
    std::thread([&] { histogram.observe(std::uint64_t{1}); }).join();
  const auto totals = histogram.totals();
  ASSERT_THAT(totals.counts, SizeIs(count_bounds.size() + 1));
  EXPECT_EQ(totals.counts.front(), 9U);
  EXPECT_EQ(totals.sum, 9U);
  EXPECT_THAT(std::vector<std::uint64_t>(totals.counts.begin() + 1, totals.counts.end()), Each(0U));
}

}  // namespace
}  // namespace gatehouse::telemetry
