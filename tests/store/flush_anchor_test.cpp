#include "store/flush_anchor.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

LogMark mark(std::uint64_t number) { return {number, {number}, {}}; }

TEST(FlushAnchor, follows_the_flushes_and_never_passes_them) {
  FlushAnchor anchor;
  anchor.reset(mark(3));
  anchor.note(10, mark(4));
  anchor.note(20, mark(5));
  EXPECT_EQ(anchor.anchor(), mark(3));
  anchor.flushed(9);
  EXPECT_EQ(anchor.anchor(), mark(3));
  anchor.flushed(10);
  EXPECT_EQ(anchor.anchor(), mark(4));
  anchor.flushed(19);
  EXPECT_EQ(anchor.anchor(), mark(4));
  anchor.flushed(1'000);
  EXPECT_EQ(anchor.anchor(), mark(5));
}

TEST(FlushAnchor, keeps_few_marks_and_stays_on_the_early_side) {
  FlushAnchor anchor;
  for (std::uint64_t number = 1; number <= 10 * noted_marks_max; ++number)
    anchor.note(number, mark(number));
  for (std::uint64_t number = 1; number <= 10 * noted_marks_max; ++number) {
    anchor.flushed(number);
    ASSERT_LE(anchor.anchor().group, number);
    ASSERT_GE(anchor.anchor().group + 64, number);
  }
}

}  // namespace
}  // namespace gatehouse
