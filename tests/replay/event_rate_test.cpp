#include "replay/event_rate.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

using namespace std::chrono_literals;

TEST(EventRate, is_the_mean_of_the_last_seconds_without_the_one_that_runs) {
  EventRate rate;
  const EventRate::Time begin{1'000s};
  for (int second = 0; second < 5; ++second) rate.add(100, begin + std::chrono::seconds(second));
  EXPECT_EQ(rate.per_second(begin + 5s), 100U);
  rate.add(10'000, begin + 5s);
  EXPECT_EQ(rate.per_second(begin + 5s + 900ms), 100U);
}

TEST(EventRate, falls_to_nothing_when_nothing_happens) {
  EventRate rate;
  const EventRate::Time begin{1'000s};
  rate.add(500, begin);
  EXPECT_EQ(rate.per_second(begin + 3s), 100U);
  EXPECT_EQ(rate.per_second(begin + 6s), 0U);
  EXPECT_EQ(rate.per_second(begin + 3'600s), 0U);
}

}  // namespace
}  // namespace gatehouse
