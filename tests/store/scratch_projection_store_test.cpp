#include "store/scratch_projection_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

using ::testing::HasSubstr;

TEST(ScratchProjectionStore, leaves_nothing_behind) {
  const TemporaryFolder parent;
  {
    const auto store = make_scratch_store(parent.path());
    ASSERT_TRUE(store) << store.error().detail;
    const auto table = (*store)->create({"inbox", 1});
    ASSERT_TRUE(table);
    const OverlayTable::Changes rows{{"key", "value"}};
    ASSERT_TRUE((*store)->write_bulk({table->get(), &rows, Position{1}}));
    EXPECT_FALSE(std::filesystem::is_empty(parent.path()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
}

TEST(ScratchProjectionStore, two_share_a_parent) {
  const TemporaryFolder parent;
  EXPECT_TRUE(make_scratch_store(parent.path()));
  const auto first = make_scratch_store(parent.path());
  const auto second = make_scratch_store(parent.path());
  EXPECT_TRUE(first && second);
}

TEST(ScratchProjectionStore, says_where_there_is_no_room) {
  const auto store = make_scratch_store("/proc/nowhere");
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().detail, HasSubstr("no scratch space in /proc/nowhere: No such file"));
}

}  // namespace
}  // namespace gatehouse::testing
