#include "store/data_lock.hpp"

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

TEST(DataLock, one_owner_excludes_everyone_and_is_named) {
  const TemporaryFolder folder;
  {
    const auto owner = DataLock::take(folder.path(), false);
    ASSERT_TRUE(owner);
    for (const bool shared : {false, true}) {
      const auto other = DataLock::take(folder.path(), shared);
      ASSERT_FALSE(other);
      EXPECT_EQ(other.error().kind, OpenErrorKind::locked);
      EXPECT_THAT(to_text(other.error()), ::testing::HasSubstr(std::to_string(::getpid())));
    }
  }
  EXPECT_TRUE(DataLock::take(folder.path(), false));
}

TEST(DataLock, readers_share_it_but_not_with_an_owner) {
  const TemporaryFolder folder;
  const auto first = DataLock::take(folder.path(), true);
  ASSERT_TRUE(first);
  EXPECT_TRUE(DataLock::take(folder.path(), true));
  EXPECT_FALSE(DataLock::take(folder.path(), false));
}

}  // namespace
}  // namespace gatehouse::testing
