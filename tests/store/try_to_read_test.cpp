#include "store/try_to_read.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "store/store_health.hpp"

namespace gatehouse::testing {
namespace {

TEST(TryToRead, gives_what_was_read_or_what_could_not_be) {
  EXPECT_EQ(try_to_read([] { return 7; }), 7);
  const auto failed = try_to_read([]() -> int { stop_on_unreadable("p.inbox.1.1", "a bad block"); });
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(to_text(failed.error()), "p.inbox.1.1 cannot be read: a bad block");
}

TEST(TryToRead, is_no_exception_that_a_fold_would_take_for_an_events_fault) {
  const auto failed = try_to_read([] {
    try {
      stop_on_unreadable("p.inbox.1.1", "a bad block");
    } catch (const std::exception&) {
      return true;
    }
  });
  EXPECT_FALSE(failed.has_value());
}

TEST(TryToReadDeathTest, is_for_its_own_thread_and_its_own_time) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_TRUE(try_to_read([] { return true; }));
  EXPECT_EXIT(stop_on_unreadable("log", "a bad block"), ::testing::ExitedWithCode(74), "cannot read log");
  EXPECT_EXIT(static_cast<void>(try_to_read([] {
                std::thread([] { stop_on_unreadable("log", "a bad block"); }).join();
                return true;
              })),
              ::testing::ExitedWithCode(74), "cannot read log");
}

}  // namespace
}  // namespace gatehouse::testing
