#include "replay/fold_table.hpp"

#include <rapidcheck/gtest.h>

#include "table/memory_table.hpp"
#include "tests/table/scan_rows.hpp"

namespace gatehouse {
namespace {

// Few keys, so that they are written, erased and written again, of one byte, too.
std::string some_key() {
  auto key = std::string(1, *rc::gen::inRange('a', 'd')) + std::string(1, *rc::gen::inRange('a', 'f')) +
             std::string(1, *rc::gen::inRange('a', 'c'));
  key.resize(*rc::gen::inRange<std::size_t>(1, 4));
  return key;
}

void change_both(FoldTable& table, MemoryTable& model, int changes) {
  for (int count = 0; count < changes; ++count) {
    const auto key = some_key();
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange('0', '9'));
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
      table.erase(key);
      model.erase(key);
      break;
    case 1:
      table.put(key, text);
      model.put(key, text);
      break;
    default:
      table.update(key, [&](std::string& value) { value += text; });
      model.put(key, model.get(key).value_or("") + text);
    }
    if (*rc::gen::inRange(0, 16) == 0)
      table.make_room(*rc::gen::element(0.0, 1.5, 100.0), *rc::gen::element<std::size_t>(0, 1U << 12U, 1U << 20U));
    // Now and then, so that the ordered index exists for some of the changes.
    if (*rc::gen::inRange(0, 8) == 0) {
      RC_ASSERT(testing::scan_rows(table, key.substr(0, 1)) == testing::scan_rows(model, key.substr(0, 1)));
    }
  }
}

void assert_same(const FoldTable& table, const MemoryTable& model) {
  RC_ASSERT(testing::scan_rows(table, "") == testing::scan_rows(model, ""));
  RC_ASSERT(testing::scan_rows(table, "b", "bc") == testing::scan_rows(model, "b", "bc"));
  RC_ASSERT(testing::scan_rows(table, "", "", 2) == testing::scan_rows(model, "", "", 2));
  for (const char* key : {"aa", "bb", "cc", "zz"})
    RC_ASSERT(table.get(key) == model.get(key));
}

RC_GTEST_PROP(FoldTable, is_a_table, ()) {
  FoldTable table;
  MemoryTable model;
  change_both(table, model, 60);
  assert_same(table, model);
}

RC_GTEST_PROP(FoldTable, is_a_table_over_a_base, ()) {
  const auto base = std::make_shared<MemoryTable>();
  MemoryTable model;
  for (int count = 0; count < 10; ++count) {
    const auto key = some_key();
    base->put(key, "base");
    model.put(key, "base");
  }
  FoldTable table(base);
  change_both(table, model, 60);
  assert_same(table, model);
}

RC_GTEST_PROP(FoldTable, its_changes_turn_the_base_into_what_it_shows, ()) {
  const auto base = std::make_shared<MemoryTable>();
  for (int count = 0; count < 10; ++count)
    base->put(some_key(), "base");
  MemoryTable model;
  for (const auto& [key, value] : base->rows())
    model.put(key, value);
  FoldTable table(base);
  change_both(table, model, 40);
  std::string last;
  table.visit_changes([&](std::string_view key, std::optional<std::string_view> value) {
    RC_ASSERT(last < key);
    last = key;
    value ? base->put(key, *value) : base->erase(key);
  });
  RC_ASSERT(base->rows() == model.rows());
}

TEST(FoldTable, hands_over_rows_that_nobody_asks_for_in_their_order) {
  FoldTable table;
  table.put_unread("b", "2");
  table.put("c", "3");
  table.put_unread("a", "1");
  std::string seen;
  table.visit_changes([&](std::string_view key, std::optional<std::string_view> value) {
    seen.append(key).append(value.value_or("none"));
  });
  EXPECT_EQ(seen, "a1b2c3");
}

// Keys that share much, end within each other and hold zeros.
RC_GTEST_PROP(FoldTable, hands_over_many_rows_in_their_order, ()) {
  FoldTable table;
  MemoryTable model;
  const std::string shared(*rc::gen::inRange<std::size_t>(0, 20), 's');
  for (int count = 0; count < 2'000; ++count) {
    const auto key =
        shared + *rc::gen::resize(30, rc::gen::container<std::string>(rc::gen::element('\0', 'a', '\xff')));
    if (key.empty())
      continue;
    table.put(key, "value");
    model.put(key, "value");
  }
  auto expected = model.rows().begin();
  table.visit_changes(
      [&](std::string_view key, std::optional<std::string_view>) { RC_ASSERT(key == expected++->first); });
  RC_ASSERT(expected == model.rows().end());
}

// A value that grows moves, and leaves its place to others.
TEST(FoldTable, keeps_values_that_grow_apart) {
  FoldTable table;
  MemoryTable model;
  for (int round = 0; round < 300; ++round) {
    for (int number = 0; number < 20; ++number) {
      const auto key = "k" + std::to_string(number);
      const auto grow = [&](std::string& value) { value.append(static_cast<std::size_t>(number), 'a' + number % 26); };
      table.update(key, grow);
      model.update(key, grow);
    }
  }
  for (int number = 0; number < 20; ++number) {
    const auto key = "k" + std::to_string(number);
    EXPECT_EQ(table.get(key), model.get(key));
  }
  EXPECT_LT(table.memory_bytes(), 200'000U);
}

TEST(FoldTable, knows_roughly_what_it_occupies_and_forgets_it) {
  FoldTable table;
  EXPECT_EQ(table.memory_bytes(), 0U);
  table.put("key", std::string(1'000, 'x'));
  EXPECT_GT(table.memory_bytes(), 1'000U);
  table.put_unread("unread", std::string(1'000, 'x'));
  EXPECT_GT(table.memory_bytes(), 2'000U);
  table.rebase(nullptr);
  EXPECT_EQ(table.memory_bytes(), 0U);
}

}  // namespace
}  // namespace gatehouse
