#include "cli/backup_exit.hpp"

#include <iostream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_health.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;

struct BackupExit : ::testing::Test {
  ~BackupExit() override { when_unreadable({}); }
  // The exit code, with what was said on standard error.
  std::pair<int, std::string> ended(const std::function<BackupResult<void>()>& work) const {
    ::testing::internal::CaptureStderr();
    const int code = exit_code_of(work);
    return {code, ::testing::internal::GetCapturedStderr()};
  }
};

TEST_F(BackupExit, tells_damage_from_what_could_not_be_done) {
  EXPECT_EQ(ended([] { return BackupResult<void>(); }).first, 0);
  EXPECT_EQ(ended([]() -> BackupResult<void> { return backup_damaged("a file"); }).first, exit_damaged);
  EXPECT_EQ(ended([]() -> BackupResult<void> { return backup_failed("no folder"); }).first, exit_not_done);
  EXPECT_EQ(ended([]() -> BackupResult<void> { throw std::runtime_error("no key"); }).first, exit_not_done);
}

TEST_F(BackupExit, takes_bytes_that_cannot_be_read_for_damage) {
  const auto [code, said] =
      ended([]() -> BackupResult<void> { stop_on_unreadable("log", "Corruption: block checksum mismatch"); });
  EXPECT_EQ(code, exit_damaged);
  EXPECT_THAT(said, HasSubstr("cannot read log: Corruption"));
}

TEST_F(BackupExit, takes_no_want_of_open_files_for_damage) {
  const auto [code, said] =
      ended([]() -> BackupResult<void> { stop_on_unreadable("log", "IO error: 000012.sst: Too many open files"); });
  EXPECT_EQ(code, exit_not_done);
  EXPECT_THAT(said, HasSubstr("ulimit -n"));
}

TEST_F(BackupExit, is_no_success_when_what_was_said_reached_nobody) {
  std::cout.setstate(std::ios::badbit);
  const auto code = ended([] { return BackupResult<void>(); }).first;
  std::cout.clear();
  EXPECT_EQ(code, exit_not_done);
}

}  // namespace
}  // namespace gatehouse::cli
