#include "table/overlay_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "table/memory_table.hpp"
#include "tests/table/scan_rows.hpp"

namespace gatehouse {
namespace {

using testing::scan_rows;

// Few and short keys, so that changes meet rows, and prefixes meet both.
rc::Gen<std::string> any_key() { return rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\xff"))); }

rc::Gen<std::optional<std::string>> any_change() {
  return rc::gen::map(rc::gen::inRange(0, 100),
                      [](int value) { return value % 3 == 0 ? std::nullopt : std::optional(std::to_string(value)); });
}

using Change = std::pair<std::string, std::optional<std::string>>;

rc::Gen<std::vector<Change>> any_changes() {
  return rc::gen::container<std::vector<Change>>(rc::gen::pair(any_key(), any_change()));
}

void make_changes(Table& table, const std::vector<Change>& changes) {
  for (const auto& [key, value] : changes) {
    if (value) {
      table.put(key, *value);
    } else {
      table.erase(key);
    }
  }
}

void check_same(const TableReader& table, const TableReader& model) {
  const std::string prefix = *any_key();
  const std::string from = *any_key();
  const auto rows_max = *rc::gen::inRange<std::size_t>(1, 6);
  RC_ASSERT(scan_rows(table, "") == scan_rows(model, ""));
  RC_ASSERT(scan_rows(table, prefix) == scan_rows(model, prefix));
  RC_ASSERT(scan_rows(table, prefix, from) == scan_rows(model, prefix, from));
  RC_ASSERT(scan_rows(table, prefix, from, rows_max) == scan_rows(model, prefix, from, rows_max));
  RC_ASSERT(table.get(prefix) == model.get(prefix));
}

RC_GTEST_PROP(OverlayTable, reads_like_a_table_that_has_the_changes, ()) {
  MemoryTable base;
  make_changes(base, *any_changes());
  MemoryTable model = base;
  OverlayTable overlay(base);
  const auto changes = *any_changes();
  make_changes(overlay, changes);
  make_changes(model, changes);
  check_same(overlay, model);
}

RC_GTEST_PROP(OverlayTable, reads_through_another_overlay, ()) {
  MemoryTable base;
  make_changes(base, *any_changes());
  MemoryTable model = base;
  OverlayTable group(base);
  auto command = OverlayTable::on(group);
  const auto earlier = *any_changes();
  const auto later = *any_changes();
  make_changes(group, earlier);
  make_changes(command, later);
  make_changes(model, earlier);
  make_changes(model, later);
  check_same(command, model);
}

RC_GTEST_PROP(OverlayTable, leaves_its_base_alone_until_it_is_merged, ()) {
  MemoryTable base;
  make_changes(base, *any_changes());
  const MemoryTable before = base;
  OverlayTable overlay(base);
  make_changes(overlay, *any_changes());
  RC_ASSERT(base.rows() == before.rows());
  const auto seen = scan_rows(overlay, "");
  overlay.merge_into(base);
  RC_ASSERT(scan_rows(base, "") == seen);
  overlay.clear();
  RC_ASSERT(overlay.changes().empty());
  RC_ASSERT(scan_rows(overlay, "") == seen);
}

TEST(OverlayTable, an_erased_key_hides_the_row_below_it) {
  MemoryTable base;
  base.put("a", "1");
  base.put("b", "2");
  OverlayTable overlay(base);
  overlay.erase("a");
  EXPECT_EQ(overlay.get("a"), std::nullopt);
  EXPECT_EQ(scan_rows(overlay, ""), (testing::Rows{{"b", "2"}}));
  overlay.put("a", "again");
  EXPECT_EQ(overlay.get("a"), "again");
}

}  // namespace
}  // namespace gatehouse
