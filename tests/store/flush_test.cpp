// Memtables that run full in one thread while others make their own rows durable: RocksDB flushes several families together then, and ends the
// process over an assertion when one of them is flushed alone as well.
#include <atomic>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "store/rocks_event_log.hpp"
#include "tests/store/drafts.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

constexpr std::size_t loads = 12;
constexpr std::size_t rows_per_load = 3'000;

OpenOptions small_memtables(const TemporaryFolder& folder) {
  auto options = small_log(folder.path());
  options.memtable_bytes = 64U << 10;
  options.memtables_bytes = 256U << 10;
  options.wal_bytes_max = 256U << 10;
  return options;
}

void load_again_and_again(RocksEventLog& log, const std::string& name, std::atomic<std::size_t>& rows) {
  const auto& store = log.projections();
  for (std::uint32_t version = 1; version <= loads; ++version) {
    auto table = store->create({name, version});
    ASSERT_TRUE(table);
    ASSERT_TRUE(store->load(**table, {1}, [](const ProjectionStore::RowSink& sink) {
      for (std::size_t row = 0; row < rows_per_load; ++row)
        sink("row " + std::to_string(100'000 + row), std::string(60, 'x'));
    }));
    const auto active = store->activate(**table);
    ASSERT_TRUE(active) << active.error().detail;
    (*table)->snapshot()->scan("row", [&rows](std::string_view, std::string_view) { return ++rows > 0; });
    ASSERT_TRUE(store->drop(**table));
  }
}

TEST(Flush, of_one_table_takes_along_what_is_to_be_flushed_together) {
  const TemporaryFolder folder;
  auto log = RocksEventLog::open(small_memtables(folder));
  ASSERT_TRUE(log);
  std::atomic<bool> done{};
  std::thread appending([&] {
    for (std::uint64_t count = 1; !done; ++count)
      append_until(**log, 20 * count);
  });
  std::atomic<std::size_t> rows{};
  std::vector<std::thread> loading;
  for (const auto* name : {"one", "two", "three"})
    loading.emplace_back([&, name] { load_again_and_again(**log, name, rows); });
  for (auto& thread : loading)
    thread.join();
  done = true;
  appending.join();
  EXPECT_EQ(rows, 3 * loads * rows_per_load);
}

// As a crash would leave it: what is in no file is not there.
std::size_t rows_after_a_crash(const TemporaryFolder& folder, const std::string& name) {
  const TemporaryFolder copy;
  std::filesystem::copy(folder.path(), copy.path(), std::filesystem::copy_options::recursive);
  const auto log = RocksEventLog::open(small_log(copy.path()));
  EXPECT_TRUE(log);
  const auto table = log ? (*log)->projections()->find({name, 1}, GenerationRole::building) : nullptr;
  std::size_t rows = 0;
  if (table)
    table->snapshot()->scan("row", [&rows](std::string_view, std::string_view) { return ++rows > 0; });
  return rows;
}

TEST(Flush, settles_what_was_written_before_it_and_nothing_after_it) {
  const TemporaryFolder folder;
  const auto log = RocksEventLog::open(small_log(folder.path()));
  ASSERT_TRUE(log);
  const auto& store = (*log)->projections();
  const auto first = store->create({"first", 1}).value(), second = store->create({"second", 1}).value();
  const auto add = [&](ProjectionTable& table, const char* row) {
    ASSERT_TRUE(store->load_more(table, {1}, [row](const ProjectionStore::ChangeSink& sink) { sink(row, "value"); }));
  };
  add(*first, "row 1");
  add(*second, "row 1");
  EXPECT_EQ(rows_after_a_crash(folder, "second"), 0U);
  ASSERT_TRUE(store->settle(*first));
  EXPECT_EQ(rows_after_a_crash(folder, "first"), 1U);
  EXPECT_EQ(rows_after_a_crash(folder, "second"), 1U) << "taken along";
  add(*second, "row 2");
  EXPECT_EQ(rows_after_a_crash(folder, "second"), 1U);
  ASSERT_TRUE(store->settle(*second));
  EXPECT_EQ(rows_after_a_crash(folder, "second"), 2U);
}

}  // namespace
}  // namespace gatehouse::testing
