#include "table/memory_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/table/scan_rows.hpp"

namespace gatehouse {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::scan_rows;

MemoryTable three_rows() {
  MemoryTable table;
  table.put("ab", "2");
  table.put("aa", "1");
  table.put("b", "3");
  return table;
}

TEST(MemoryTable, gets_what_was_put_last) {
  MemoryTable table = three_rows();
  EXPECT_EQ(table.get("ab"), "2");
  table.put("ab", "new");
  EXPECT_EQ(table.get("ab"), "new");
  EXPECT_EQ(table.get("a"), std::nullopt);
}

TEST(MemoryTable, updates_a_row_and_makes_one_that_is_not_there) {
  MemoryTable table = three_rows();
  const auto note = [](std::string& value) { value += "!"; };
  table.update("ab", note);
  table.update("new", note);
  EXPECT_EQ(table.get("ab"), "2!");
  EXPECT_EQ(table.get("new"), "!");
}

TEST(MemoryTable, forgets_an_erased_key_and_ignores_an_unknown_one) {
  MemoryTable table = three_rows();
  table.erase("ab");
  table.erase("unknown");
  EXPECT_EQ(table.get("ab"), std::nullopt);
  EXPECT_EQ(table.rows().size(), 2U);
}

TEST(MemoryTable, scans_a_prefix_ascending_from_a_key) {
  const MemoryTable table = three_rows();
  EXPECT_THAT(scan_rows(table, "a"), ElementsAre(Pair("aa", "1"), Pair("ab", "2")));
  EXPECT_THAT(scan_rows(table, "a", "ab"), ElementsAre(Pair("ab", "2")));
  EXPECT_THAT(scan_rows(table, "a", "aab"), ElementsAre(Pair("ab", "2")));
  EXPECT_THAT(scan_rows(table, ""), ElementsAre(Pair("aa", "1"), Pair("ab", "2"), Pair("b", "3")));
  EXPECT_THAT(scan_rows(table, "a", "b"), IsEmpty());
  EXPECT_THAT(scan_rows(table, "c"), IsEmpty());
}

TEST(MemoryTable, keys_sort_as_unsigned_bytes) {
  MemoryTable table;
  table.put("\x80", "high");
  table.put("\x7f", "low");
  EXPECT_THAT(scan_rows(table, ""), ElementsAre(Pair("\x7f", "low"), Pair("\x80", "high")));
}

TEST(MemoryTable, a_visitor_stops_the_scan) {
  EXPECT_THAT(scan_rows(three_rows(), "", {}, 2), ElementsAre(Pair("aa", "1"), Pair("ab", "2")));
}

}  // namespace
}  // namespace gatehouse
