#include "backup/backup_error.hpp"

#include <gtest/gtest.h>

namespace gatehouse::testing {
namespace {

TEST(BackupErrors, are_no_damage_when_this_process_may_open_no_more_files) {
  const auto refused = backup_damaged("Corruption: IO error: While open a file: x.sst: Too many open files").value();
  EXPECT_FALSE(refused.is_damage);
  EXPECT_NE(refused.detail.find("LimitNOFILE"), std::string::npos) << refused.detail;
  EXPECT_TRUE(backup_damaged("Corruption: block checksum mismatch").value().is_damage);
}

TEST(BackupErrors, are_no_damage_when_there_is_no_room_for_the_copy) {
  EXPECT_FALSE(backup_damaged("the disk refused at position 946: IO error: No space left on device: While appending to "
                              "file: /scratch/db/000123.sst")
                   .value()
                   .is_damage);
}

}  // namespace
}  // namespace gatehouse::testing
