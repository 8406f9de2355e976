#include "replay/build_governor.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

using namespace std::chrono_literals;

void answer(BuildGovernor& governor, std::chrono::nanoseconds took, int count = 200) {
  for (int number = 0; number < count; ++number)
    governor.command_answered(took);
}

TEST(BuildGovernor, lets_a_rebuild_work_all_the_time_while_nobody_gives_commands) {
  BuildGovernor governor;
  governor.begin();
  EXPECT_EQ(governor.rest_after(10ms), 0ns);
  EXPECT_EQ(governor.duty_percent(), 100U);
}

TEST(BuildGovernor, rests_more_and_more_while_answers_are_slower_than_they_were) {
  BuildGovernor governor;
  answer(governor, 2ms);
  governor.begin();
  answer(governor, 9ms);
  EXPECT_EQ(governor.rest_after(10ms), 10ms) << "half of the time";
  for (int step = 0; step < 10; ++step) {
    answer(governor, 9ms);
    (void)governor.rest_after(10ms);
  }
  EXPECT_EQ(governor.duty_percent(), BuildGovernor::duty_percent_min) << "but never nothing";
}

TEST(BuildGovernor, comes_back_when_answers_are_as_fast_as_they_were) {
  BuildGovernor governor;
  answer(governor, 2ms);
  governor.begin();
  answer(governor, 9ms);
  (void)governor.rest_after(10ms);
  for (int step = 0; step < 10; ++step) {
    answer(governor, 2ms);
    (void)governor.rest_after(10ms);
  }
  EXPECT_EQ(governor.duty_percent(), 100U);
}

TEST(BuildGovernor, takes_a_few_answers_for_no_sign) {
  BuildGovernor governor;
  answer(governor, 2ms);
  governor.begin();
  answer(governor, 90ms, static_cast<int>(BuildGovernor::answers_min) - 1);
  EXPECT_EQ(governor.rest_after(10ms), 0ns);
}

TEST(BuildGovernor, ignores_what_nobody_feels) {
  BuildGovernor governor;
  answer(governor, 50us);
  governor.begin();
  answer(governor, 700us);
  EXPECT_EQ(governor.rest_after(10ms), 0ns);
}

TEST(BuildGovernor, what_was_answered_during_a_rebuild_is_no_measure_for_the_next) {
  BuildGovernor governor;
  answer(governor, 2ms);
  governor.begin();
  answer(governor, 90ms);
  governor.end();
  governor.begin();
  answer(governor, 9ms);
  EXPECT_GT(governor.rest_after(10ms), 0ns);
}

}  // namespace
}  // namespace gatehouse
