#include "store/store_health.hpp"

#include <gtest/gtest.h>

namespace gatehouse::testing {
namespace {

using Cause = StoreHealth::Cause;

TEST(StoreHealthTest, keeps_the_first_reason) {
  StoreHealth health;
  EXPECT_FALSE(health.failed());
  EXPECT_FALSE(health.failed_for_space_alone());
  health.fail("first", Cause::other);
  health.fail("second", Cause::other);
  EXPECT_TRUE(health.failed());
  EXPECT_EQ(health.reason(), "first");
}

TEST(StoreHealthTest, is_mended_by_space_when_nothing_else_was_met) {
  StoreHealth health;
  health.fail("no space", Cause::no_space);
  EXPECT_TRUE(health.failed_for_space_alone());
  health.fail("no space again", Cause::no_space);
  EXPECT_TRUE(health.failed_for_space_alone());
  health.fail("something else", Cause::other);
  EXPECT_FALSE(health.failed_for_space_alone());
}

}  // namespace
}  // namespace gatehouse::testing
