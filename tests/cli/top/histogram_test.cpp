#include "cli/top/histogram.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace gatehouse::cli::top {
namespace {

constexpr double infinity = HUGE_VAL;

TEST(Quantile, is_taken_as_evenly_spread_in_its_bucket) {
  const Histogram even{.buckets = {{1, 10}, {2, 10}, {4, 20}, {infinity, 0}}, .sum = 80};
  EXPECT_DOUBLE_EQ(*quantile(even, 0.5), 2);      // the 20th of 40
  EXPECT_DOUBLE_EQ(*quantile(even, 0.75), 3);     // the 30th: half way from 2 to 4
  EXPECT_DOUBLE_EQ(*quantile(even, 0.125), 0.5);  // the first bucket begins at 0
  EXPECT_DOUBLE_EQ(*quantile(even, 1), 4);
  EXPECT_DOUBLE_EQ(*mean(even), 2);
}

TEST(Quantile, of_the_open_bucket_is_its_lower_bound) {
  EXPECT_DOUBLE_EQ(*quantile({.buckets = {{1, 1}, {10, 0}, {infinity, 99}}}, 0.99), 10);
  EXPECT_DOUBLE_EQ(*quantile({.buckets = {{infinity, 5}}}, 0.5), 0);
}

TEST(Quantile, passes_over_empty_buckets) {
  EXPECT_DOUBLE_EQ(*quantile({.buckets = {{1, 0}, {2, 0}, {4, 8}, {8, 0}, {infinity, 0}}}, 0.5), 3);
}

TEST(Quantile, of_values_that_need_not_be_positive_begins_at_the_first_bound) {
  EXPECT_DOUBLE_EQ(*quantile({.buckets = {{-1, 10}, {1, 0}}}, 0.5), -1);
}

TEST(Quantile, of_nothing_is_nothing) {
  EXPECT_FALSE(quantile({}, 0.5));
  EXPECT_FALSE(quantile({.buckets = {{1, 0}, {infinity, 0}}}, 0.5));
  EXPECT_FALSE(mean({}));
}

TEST(HistogramSince, is_what_was_added) {
  const Histogram before{.buckets = {{1, 5}, {infinity, 1}}, .sum = 8};
  const Histogram now{.buckets = {{1, 7}, {2, 1}, {infinity, 1}}, .sum = 11};
  const auto added = since(now, before);
  EXPECT_EQ(added.buckets, (std::map<double, double>{{1, 2}, {2, 1}, {infinity, 0}}));
  EXPECT_EQ(added.sum, 3);
  EXPECT_EQ(added.count(), 3);
}

TEST(HistogramSince, of_a_server_that_began_anew_is_all_there_is) {
  const Histogram before{.buckets = {{1, 50}, {2, 3}}, .sum = 60};
  const Histogram now{.buckets = {{1, 2}, {2, 4}}, .sum = 9};
  EXPECT_EQ(since(now, before).buckets, now.buckets);
  EXPECT_EQ(since(now, before).sum, 9);
}

}  // namespace
}  // namespace gatehouse::cli::top
