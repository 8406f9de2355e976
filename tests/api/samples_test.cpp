#include "api/samples.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gatehouse::api {
namespace {

TEST(Samples, keep_the_series_of_a_family_together) {
  Samples samples;
  samples.counter("a_total", "First.", 1, {{"kind", "x"}});
  samples.gauge("b", "Second.", -0.5);
  samples.counter("a_total", "First.", std::uint64_t{2}, {{"kind", "a \"quoted\" one"}});
  EXPECT_EQ(samples.text(), "# HELP a_total First.\n# TYPE a_total counter\na_total{kind=\"x\"} 1\n"
                            "a_total{kind=\"a \\\"quoted\\\" one\"} 2\n# HELP b Second.\n# TYPE b gauge\nb -0.5\n");
}

TEST(Samples, tell_a_histogram_in_the_unit_of_its_name) {
  constexpr std::array<std::uint64_t, 2> bounds{250'000, 1'000'000'000};
  telemetry::Histogram histogram(bounds);
  for (const std::uint64_t nanoseconds : {1'000U, 250'000U, 500'000'000U, 2'000'000'000U})
    histogram.observe(nanoseconds);
  Samples samples;
  samples.histogram("took_seconds", "Time.", histogram.totals(), nanoseconds_per_second);
  EXPECT_EQ(samples.text(), "# HELP took_seconds Time.\n# TYPE took_seconds histogram\ntook_seconds_count 4\n"
                            "took_seconds_sum 2.500251\ntook_seconds_bucket{le=\"0.00025\"} 2\n"
                            "took_seconds_bucket{le=\"1\"} 3\ntook_seconds_bucket{le=\"+Inf\"} 4\n");
}

}  // namespace
}  // namespace gatehouse::api
