#include "cli/held_clock.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gatehouse::cli {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

class HeldClockTest : public ::testing::Test {
 protected:
  // Time passes, and the system's clock is set besides.
  std::int64_t after(milliseconds passes, milliseconds set = {}) {
    passed_ += passes;
    system_ += passes + set;
    return clock_.now().unix_ms;
  }

  milliseconds passed_{500};
  milliseconds system_{1'000'000'000};
  std::vector<std::string> reports_;
  HeldClock clock_{{[this] { return Timestamp{system_.count()}; }, [this] { return passed_; }},
                   [this](std::string_view report) { reports_.emplace_back(report); }};
};

TEST_F(HeldClockTest, is_the_systems_while_that_is_set_by_little) {
  EXPECT_EQ(after(milliseconds{10}), system_.count());
  EXPECT_EQ(after(milliseconds{10}, minutes{59}), system_.count());
  EXPECT_TRUE(reports_.empty());
}

TEST_F(HeldClockTest, goes_at_half_the_pace_until_a_clock_that_was_set_back_has_caught_up) {
  const auto before = after(milliseconds{10});
  EXPECT_EQ(after(milliseconds{100}, milliseconds{-1'000}), before + 50);
  EXPECT_EQ(after(milliseconds{100}), before + 100);
  EXPECT_EQ(after(milliseconds{10'000}), system_.count());
  EXPECT_TRUE(reports_.empty());
}

TEST_F(HeldClockTest, goes_on_from_the_newest_recorded_time_when_the_clock_was_set_back_before_the_start) {
  const auto newest = system_.count() + milliseconds(minutes{10}).count();
  clock_.go_on_from({newest});
  EXPECT_EQ(after(milliseconds{100}), newest + 50);
  EXPECT_EQ(after(minutes{20}), system_.count());
  EXPECT_TRUE(reports_.empty());
}

TEST_F(HeldClockTest, leaves_newest_times_alone_that_are_behind_or_of_a_wrong_future) {
  clock_.go_on_from({system_.count() - 1'000});
  EXPECT_EQ(after(milliseconds{10}), system_.count());
  clock_.go_on_from({system_.count() + milliseconds(hours{24}).count()});
  EXPECT_EQ(after(milliseconds{10}), system_.count());
}

TEST_F(HeldClockTest, goes_on_by_what_passes_when_the_system_jumps_a_year_ahead_and_says_so_once) {
  const auto before = after(milliseconds{10});
  EXPECT_EQ(after(milliseconds{10}, hours{24 * 365}), before + 10);
  EXPECT_EQ(after(milliseconds{10}), before + 20);
  ASSERT_EQ(reports_.size(), 1U);
  EXPECT_NE(reports_[0].find("31536000 s ahead"), std::string::npos) << reports_[0];
  EXPECT_EQ(after(milliseconds{10}, -hours{24 * 365}), before + 30);
  EXPECT_EQ(reports_.size(), 2U);
}

TEST_F(HeldClockTest, goes_on_by_what_passes_when_the_system_jumps_a_year_back) {
  const auto before = after(milliseconds{10});
  EXPECT_EQ(after(hours{5}, -hours{24 * 365}), before + milliseconds(hours{5}).count());
  ASSERT_EQ(reports_.size(), 1U);
  EXPECT_NE(reports_[0].find("31536000 s behind"), std::string::npos) << reports_[0];
}

TEST(MachineClocks, go_on) {
  const auto sources = machine_clocks();
  HeldClock clock(sources, {});
  const auto before = clock.now();
  EXPECT_LE(before, clock.now());
  EXPECT_LE(sources.passed(), sources.passed());
  EXPECT_GT(sources.system().unix_ms, 1'600'000'000'000);
}

}  // namespace
}  // namespace gatehouse::cli
