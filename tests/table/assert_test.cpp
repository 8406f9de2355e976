#include "table/assert.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

TEST(AssertDeathTest, a_failed_assertion_names_itself_and_ends_the_process) {
  const int answer = 41;
  EXPECT_DEATH(GATEHOUSE_ASSERT(answer == 42), "assertion failed: answer == 42 .*assert_test\\.cpp:[0-9]+");
}

TEST(Assert, a_condition_that_holds_is_evaluated_once) {
  int calls = 0;
  GATEHOUSE_ASSERT(++calls == 1);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace gatehouse
