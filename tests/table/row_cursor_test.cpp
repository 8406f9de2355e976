#include "table/row_cursor.hpp"

#include <gtest/gtest.h>

#include "table/memory_table.hpp"

namespace gatehouse {
namespace {

MemoryTable numbers(int count) {
  MemoryTable table;
  table.put("a", "before");
  table.put("c", "behind");
  for (int number = 0; number < count; ++number)
    table.put("b" + std::to_string(1'000 + number), std::to_string(number));
  return table;
}

TEST(RowCursor, visits_every_row_with_the_prefix_in_order) {
  const auto table = numbers(500);
  int expected = 0;
  for (RowCursor cursor(table, "b", {}); !cursor.done(); cursor.next()) {
    EXPECT_EQ(cursor.value(), std::to_string(expected));
    EXPECT_EQ(cursor.suffix(), std::to_string(1'000 + expected));
    ++expected;
  }
  EXPECT_EQ(expected, 500);
}

TEST(RowCursor, begins_behind_the_row_it_is_told) {
  const auto table = numbers(20);
  RowCursor cursor(table, "b", "1004");
  EXPECT_EQ(cursor.suffix(), "1005");
  EXPECT_TRUE(RowCursor(table, "b", "1019").done());
  EXPECT_TRUE(RowCursor(table, "x", {}).done());
}

TEST(RowCursor, seeks_forward_but_never_back) {
  const auto table = numbers(500);
  RowCursor cursor(table, "b", {});
  for (const auto* target : {"1002", "1005", "1300", "1499"}) {
    cursor.seek(target);
    ASSERT_FALSE(cursor.done());
    EXPECT_EQ(cursor.suffix(), target);
  }
  cursor.seek("1000");
  EXPECT_EQ(cursor.suffix(), "1499");
  cursor.seek("1500");
  EXPECT_TRUE(cursor.done());
}

}  // namespace
}  // namespace gatehouse
