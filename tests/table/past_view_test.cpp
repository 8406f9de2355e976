// Whatever is changed by whichever event: the rows as of every position are those of a fold that stopped there.
#include "table/past_view.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "table/memory_table.hpp"
#include "table/undo_table.hpp"
#include "tests/table/scan_rows.hpp"

namespace gatehouse {
namespace {

using testing::Rows;
using testing::scan_rows;

using Change = std::pair<std::string, std::string>;  // a key and its new value; empty: erased
using Changes = std::vector<Change>;                 // of one event

void make(Table& table, const Changes& changes) {
  for (const auto& [key, value] : changes) {
    if (value.empty())
      table.erase(key);
    else
      table.put(key, value);
  }
}

// Few keys, so that they are made, changed and erased again and again; some are much like undo rows of others.
rc::Gen<Change> any_change() {
  const auto key = rc::gen::map(rc::gen::inRange(0, 12), [](int number) {
    return number < 6 ? std::string("a") + static_cast<char>('0' + number) + '\0'
                      : std::string("b\0", 2) + std::string(1, static_cast<char>(number)) + std::string(8, '\0');
  });
  const auto value = rc::gen::map(rc::gen::inRange(0, 6), [](int number) {
    return number < 2 ? std::string() : std::string(static_cast<std::size_t>(number), 'v');
  });
  return rc::gen::pair(key, value);
}

void expect_same(const TableReader& seen, const MemoryTable& then) {
  for (const auto* prefix : {"", "a", "a1", "b", "c"}) {
    for (const auto* from : {"", "a", "a3", "a3x", "b", "zz"})
      RC_ASSERT(scan_rows(seen, prefix, from) == scan_rows(then, prefix, from));
  }
  for (const auto& [key, value] : then.rows())
    RC_ASSERT(seen.get(key) == value);
  RC_ASSERT(!seen.get("a9"));
}

RC_GTEST_PROP(PastView, shows_the_rows_as_of_every_position, ()) {
  const auto events = *rc::gen::container<std::vector<Changes>>(rc::gen::container<Changes>(any_change()));
  auto rows = std::make_shared<MemoryTable>();
  rows->put("x of another space", "stays");
  MemoryTable plain;
  std::vector<MemoryTable> states{plain};
  for (const auto& changes : events) {
    UndoTable recording(*rows, 's', states.size());
    make(recording, changes);
    make(plain, changes);
    states.push_back(plain);
  }
  for (std::size_t position = 0; position < states.size(); ++position) {
    const PastView seen(rows, 's', position);
    expect_same(seen, states[position]);
    for (const auto& [key, value] : states[position].rows()) {
      const auto since = seen.placed(key).position;
      RC_ASSERT(since > 0 && since <= position);
      for (auto at = since; at <= position; ++at)
        RC_ASSERT(states[at].get(key) == value);
    }
  }
}

class CountingReader final : public TableReader {
 public:
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows.get(key); }
  using TableReader::scan;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows.scan(prefix, from, [&](std::string_view key, std::string_view value) {
      ++visited;
      return visit(key, value);
    });
  }

  MemoryTable rows;
  mutable std::size_t visited{};
};

TEST(PastView, passes_over_the_versions_of_a_row_that_changed_often) {
  const auto rows = std::make_shared<CountingReader>();
  for (std::uint64_t position = 1; position <= 5'000; ++position) {
    UndoTable recording(rows->rows, 's', position);
    recording.put("counter", std::to_string(position));
    if (position == 3)
      recording.put("other", "three");
  }
  const PastView seen(rows, 's', 2'500);
  EXPECT_EQ(seen.get("counter"), "2500");
  EXPECT_EQ(scan_rows(seen, "", ""), (Rows{{"counter", "2500"}, {"other", "three"}}));
  EXPECT_LT(rows->visited, 100U);
}

TEST(UndoTable, keeps_nothing_of_a_row_that_stays_as_it_is) {
  MemoryTable rows;
  UndoTable first(rows, 's', 1);
  first.put("key", "value");
  UndoTable second(rows, 's', 2);
  second.put("key", "value");
  second.erase("none");
  EXPECT_EQ(rows.rows().size(), 2U);
  EXPECT_EQ(PastView(std::make_shared<MemoryTable>(rows), 's', 2).placed("key").position, 1U) << "who left it so";
}

}  // namespace
}  // namespace gatehouse
