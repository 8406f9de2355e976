#include "cli/top/reading.hpp"

#include <gmock/gmock.h>

namespace gatehouse::cli::top {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::Optional;

TEST(Reading, sums_what_is_asked_for_and_has_nothing_where_nothing_is_measured) {
  const Exposition now("sent{to=\"a\",how=\"mail\"} 1\nsent{to=\"b\",how=\"mail\"} 2\nsent{to=\"a\",how=\"hook\"} 4\n"
                       "empty NaN\nnone 0\n");
  const Reading reading(now, nullptr, 0);
  EXPECT_THAT(reading.value("sent"), Optional(7.0));
  EXPECT_THAT(reading.value("sent", {{"to", "a"}}), Optional(5.0));
  EXPECT_THAT(reading.value("sent", {{"to", "a"}, {"how", "mail"}}), Optional(1.0));
  EXPECT_THAT(reading.value("none"), Optional(0.0));
  for (const auto* name : {"empty", "unknown"})
    EXPECT_FALSE(reading.value(name)) << name;
  EXPECT_FALSE(reading.value("sent", {{"to", "c"}}));
  EXPECT_FALSE(reading.rate("sent")) << "from one look";
  EXPECT_THAT(reading.values_of("sent", "to"), ElementsAre("a", "b"));
  EXPECT_EQ(reading.text_of("sent", "how"), "mail");
  EXPECT_EQ(reading.text_of("unknown", "how"), "");
}

TEST(Reading, tells_what_happened_in_a_second) {
  const Exposition before("sent{to=\"a\"} 10\nfailed 100\n");
  const Exposition now("sent{to=\"a\"} 16\nsent{to=\"b\"} 4\nfailed 3\n");
  const Reading reading(now, &before, 2);
  EXPECT_THAT(reading.rate("sent", {{"to", "a"}}), Optional(3.0));
  EXPECT_THAT(reading.rate("sent", {{"to", "b"}}), Optional(2.0)) << "a series that is new began at none";
  EXPECT_THAT(reading.rate("sent"), Optional(5.0));
  EXPECT_THAT(reading.rate("failed"), Optional(1.5)) << "the server began anew";
  EXPECT_FALSE(reading.rate("unknown"));
}

constexpr std::string_view earlier = R"(t_bucket{route="a",le="1"} 1
t_bucket{route="a",le="2"} 1
t_bucket{route="a",le="+Inf"} 1
t_sum{route="a"} 0.5
t_count{route="a"} 1
)";
constexpr std::string_view later = R"(t_bucket{le="1",route="a"} 2
t_bucket{le="2",route="a"} 5
t_bucket{le="+Inf",route="a"} 6
t_sum{route="a"} 12.5
t_count{route="a"} 6
t_bucket{route="b",le="1"} 4
t_bucket{route="b",le="+Inf"} 4
t_sum{route="b"} 2
t_bucket{route="b",le="soon"} 9
t_bucket{route="watch",le="1"} 100
t_bucket{route="watch",le="+Inf"} 100
t_sum{route="watch"} 1
)";

TEST(Reading, adds_the_histograms_of_all_series_that_count) {
  const Exposition before(earlier), now(later);
  const Reading reading(now, &before, 1);
  const auto lately = reading.lately("t", {{"route", "watch"}});
  EXPECT_EQ(lately.buckets, (std::map<double, double>{{1, 5}, {2, 3}, {HUGE_VAL, 1}}));
  EXPECT_THAT(lately.sum, DoubleEq(14));
  EXPECT_EQ(reading.lately("t").count(), 109);
  EXPECT_EQ(reading.lately("unknown").count(), 0);
  EXPECT_EQ(Reading(now, nullptr, 0).lately("t").count(), 0);
}

}  // namespace
}  // namespace gatehouse::cli::top
