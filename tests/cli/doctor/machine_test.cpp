#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"

namespace gatehouse::cli {
namespace {

TEST(DoctorOnTheMachine, shares_out_the_files_that_may_be_open) {
  const Configuration configuration;
  EXPECT_EQ(judge_open_files(20'000, configuration).verdict, Verdict::ok);
  EXPECT_EQ(judge_open_files(2'000, configuration).verdict, Verdict::warning);
  EXPECT_EQ(judge_open_files(100, configuration).verdict, Verdict::wrong);
}

TEST(DoctorOnTheMachine, counts_what_a_running_server_has_taken_already) {
  constexpr std::uint64_t gibibyte = 1ULL << 30;
  EXPECT_EQ(judge_memory(4 * gibibyte, 2 * gibibyte, false).verdict, Verdict::ok);
  EXPECT_EQ(judge_memory(4 * gibibyte, gibibyte / 8, false).verdict, Verdict::warning);
  EXPECT_EQ(judge_memory(4 * gibibyte, gibibyte / 8, true).verdict, Verdict::ok);
  EXPECT_EQ(judge_memory(gibibyte / 4, gibibyte / 8, true).verdict, Verdict::warning);
}

TEST(DoctorOnTheMachine, warns_of_a_clock_that_nobody_keeps_right) {
  EXPECT_EQ(judge_clock(true, std::chrono::microseconds(500)).verdict, Verdict::ok);
  EXPECT_EQ(judge_clock(false, std::chrono::microseconds(500)).verdict, Verdict::warning);
}

TEST(DoctorOnTheMachine, looks_at_the_limits_of_the_server_that_runs) {
  Standing standing;
  standing.server = ::getpid();
  const auto findings = check_machine(Configuration(), standing);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].check, "open files");
  EXPECT_EQ(findings[1].check, "memory");
  EXPECT_EQ(findings[2].check, "clock");
}

}  // namespace
}  // namespace gatehouse::cli
