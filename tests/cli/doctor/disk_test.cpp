#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "cli/doctor/report.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

constexpr std::uint64_t gibibyte = 1ULL << 30;
const Room plenty{.free_bytes = gibibyte, .free_inodes = 1'000'000, .has_ballast = true};

Verdict verdict_on(Room room, bool has_log = true) { return worst_of(judge_room(room, Configuration(), has_log)); }

TEST(DoctorOnDisk, holds_the_free_room_against_the_limits) {
  EXPECT_EQ(verdict_on(plenty), Verdict::ok);
  auto room = plenty;
  room.free_bytes = Configuration().free_bytes_min + 1;
  EXPECT_EQ(verdict_on(room), Verdict::warning);
  room.free_bytes = Configuration().free_bytes_min - 1;
  EXPECT_EQ(verdict_on(room), Verdict::wrong);
}

TEST(DoctorOnDisk, misses_a_ballast_and_inodes) {
  auto room = plenty;
  room.has_ballast = false;
  EXPECT_EQ(verdict_on(room), Verdict::warning);
  EXPECT_EQ(verdict_on(room, false), Verdict::ok) << "the first start makes it";
  room = plenty;
  room.free_inodes = 10;
  EXPECT_EQ(verdict_on(room), Verdict::warning);
  room.counts_inodes = false;
  EXPECT_EQ(verdict_on(room), Verdict::ok);
}

TEST(DoctorOnDisk, warns_of_file_systems_that_forget_or_promise_less) {
  EXPECT_EQ(check_file_system(0xEF53).verdict, Verdict::ok);
  EXPECT_EQ(check_file_system(1).verdict, Verdict::ok);
  for (const std::uint64_t magic : {0x01021994U, 0x6969U, 0xFF534D42U, 0x794C7630U})
    EXPECT_EQ(check_file_system(magic).verdict, Verdict::warning) << magic;
}

TEST(DoctorOnDisk, says_how_many_commands_a_sync_allows) {
  EXPECT_EQ(judge_sync(std::chrono::microseconds(500)).verdict, Verdict::ok);
  EXPECT_THAT(judge_sync(std::chrono::microseconds(500)).seen, ::testing::HasSubstr("about 2000 commands/s"));
  EXPECT_EQ(judge_sync(std::chrono::milliseconds(50)).verdict, Verdict::warning);
}

TEST(DoctorOnDisk, measures_and_leaves_nothing_also_where_the_folder_is_not_made_yet) {
  const gatehouse::testing::TemporaryFolder folder;
  for (const auto& data : {folder.path(), folder.path() / "a" / "b"}) {
    const auto findings = check_disk(data, Configuration(), false);
    EXPECT_TRUE(std::ranges::any_of(findings, [](const Finding& one) { return one.check == "sync speed"; }));
    EXPECT_TRUE(std::ranges::any_of(findings, [](const Finding& one) { return one.check == "file system"; }));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace gatehouse::cli
