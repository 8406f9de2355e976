#include "store/scratch_table.hpp"

#include <random>

#include <gtest/gtest.h>

#include "table/memory_table.hpp"
#include "tests/store/temporary_folder.hpp"
#include "tests/table/scan_rows.hpp"

namespace gatehouse::testing {
namespace {

std::string value_of(int number) { return "value " + std::to_string(number); }

// Few keys, so that they are written, erased and written again.
void change_both(Table& table, Table& model, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (int number = 0; number < 600; ++number) {
    const auto key = "k" + std::to_string(random() % 90);
    for (auto* one : {&table, &model}) {
      if (number % 4 == 0)
        one->erase(key);
      else
        one->put(key, value_of(number));
    }
  }
}

TEST(ScratchTable, is_the_same_table_in_memory_and_on_the_disk) {
  const TemporaryFolder parent;
  for (const std::size_t memory_bytes_max : {0U, 2'000U, 1U << 20U}) {
    SCOPED_TRACE(memory_bytes_max);
    const auto base = std::make_shared<MemoryTable>();
    MemoryTable model;
    for (int number = 0; number < 60; number += 2) {
      base->put("k" + std::to_string(number), "base");
      model.put("k" + std::to_string(number), "base");
    }
    ScratchTable table({.parent = parent.path(), .memory_bytes_max = memory_bytes_max}, base);
    change_both(table, model, 7);
    EXPECT_EQ(table.is_on_disk(), memory_bytes_max < 1U << 20U);
    EXPECT_EQ(scan_rows(table, ""), scan_rows(model, ""));
    EXPECT_EQ(scan_rows(table, "k4", "k44"), scan_rows(model, "k4", "k44"));
    for (int number = 0; number < 90; ++number)
      EXPECT_EQ(table.get("k" + std::to_string(number)), model.get("k" + std::to_string(number)));
  }
}

TEST(ScratchTable, holds_no_more_in_memory_than_it_is_told_and_leaves_nothing_behind) {
  const TemporaryFolder parent;
  {
    ScratchTable table({.parent = parent.path(), .memory_bytes_max = 100'000});
    int number = 0;
    for (; number < 100; ++number)
      table.put("k" + std::to_string(number), value_of(number));
    for (int again = 0; again < 10'000; ++again)
      table.put("k1", value_of(again));
    EXPECT_FALSE(table.is_on_disk()) << "a row that is written again takes no more memory";
    EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
    for (; number < 1'000; ++number)
      table.put("k" + std::to_string(number), value_of(number));
    EXPECT_TRUE(table.is_on_disk());
    EXPECT_FALSE(std::filesystem::is_empty(parent.path()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
}

TEST(ScratchTable, says_where_there_is_no_room) {
  ScratchTable table({.parent = "/proc/nowhere", .memory_bytes_max = 0});
  EXPECT_THROW(table.put("key", "value"), ScratchFailed);
}

}  // namespace
}  // namespace gatehouse::testing
