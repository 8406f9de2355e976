#include "store/rocks_event_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "tests/store/event_log_contract.hpp"
#include "tests/store/fake_disk.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class RocksEventLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<RocksEventLog> open() {
    auto log = RocksEventLog::open(options_);
    if (!log)
      ADD_FAILURE() << to_text(log.error());
    return log ? std::move(*log) : nullptr;
  }

  TemporaryFolder folder_;
  std::shared_ptr<FakeDisk> disk_ = std::make_shared<FakeDisk>();
  OpenOptions options_ = [this] {
    auto options = small_log(folder_.path() / "data");
    options.disk = disk_;
    return options;
  }();
};

TEST_F(RocksEventLogTest, comes_back_as_it_was_closed) {
  std::string frame;
  {
    const auto log = open();
    append_until(*log, 20);
    ASSERT_EQ(append_one(*log, DraftBuilder("even", 10, 99).record(4, "kept").row("r", "v")).status,
              AppendStatus::appended);
    frame = log->read_at({7})->frame;
  }
  const auto log = open();
  EXPECT_EQ(log->head(), Position{20});
  EXPECT_EQ(log->read_at({7})->frame, frame);
  EXPECT_EQ(log->state()->get("r"), "v");
  EXPECT_EQ(log->state()->get("row"), "19");
  EXPECT_EQ(log->state()->head(), Position{20});
  EXPECT_EQ(log->find_command(numbered_uuid(99))->result, "kept");
  EXPECT_EQ(log->stream_head(AccountId("odd"))->version, 10U);
  append_until(*log, 30);
  EXPECT_TRUE(log->verify_chain({}));
}

std::uint64_t observed(const telemetry::Histogram& histogram) {
  const auto counts = histogram.totals().counts;
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{});
}

TEST_F(RocksEventLogTest, measures_each_append_and_its_waits_for_the_disk) {
  const auto log = open();
  append_until(*log, 5);
  const auto& meters = log->meters();
  EXPECT_EQ(observed(meters.appends), 5U);
  EXPECT_EQ(observed(meters.log_syncs), 5U);
  EXPECT_EQ(observed(meters.witness_syncs), 5U);
  EXPECT_GT(meters.log_syncs.totals().sum, 0U) << "RocksDB no longer tells how long it waits";
  EXPECT_GT(meters.appends.totals().sum, meters.log_syncs.totals().sum);
}

TEST_F(RocksEventLogTest, takes_nothing_once_its_files_are_no_longer_in_their_places) {
  const auto is_answered = [](RocksEventLog& log) {
    return append_one(log, DraftBuilder("even", 11, 200)).status == AppendStatus::appended;
  };
  for (const auto* name : {"db", "witness"}) {
    const auto log = open();
    append_until(*log, log->head().value + 2);
    const auto file = folder_.path() / "data" / name;
    std::filesystem::rename(file, folder_.path() / "aside");
    EXPECT_FALSE(is_answered(*log)) << name;
    EXPECT_THAT(log->read_only_reason(), AllOf(StartsWith("failed: "), HasSubstr(name), HasSubstr("is gone")));
    std::filesystem::rename(folder_.path() / "aside", file);
    EXPECT_FALSE(is_answered(*log)) << "only a start can tell what is there now";
  }
  const auto log = open();
  std::filesystem::copy_file(folder_.path() / "data" / "witness", folder_.path() / "copy");
  std::filesystem::rename(folder_.path() / "copy", folder_.path() / "data" / "witness");
  EXPECT_THAT(log->read_only_reason(), HasSubstr("another file than the one that is open"));
}

TEST_F(RocksEventLogTest, tells_of_its_tables_its_cache_and_the_disk) {
  const auto log = open();
  append_until(*log, 50);
  const auto table = log->projections()->create({"story", 1});
  ASSERT_TRUE(table);
  const auto figures = log->figures();
  std::vector<std::string> tables;
  for (const auto& one : figures.tables)
    tables.push_back(one.table);
  EXPECT_THAT(tables, ::testing::ElementsAre("commands", "log", "meta", "p.story", "state", "streams"));
  EXPECT_GT(figures.tables[1].memtable_bytes, 0U);
  EXPECT_GT(figures.log_bytes_written, 50U);
  EXPECT_EQ(figures.background_errors, 0U);
  EXPECT_FALSE(figures.writes_stopped);
  EXPECT_EQ(figures.block_cache_bytes_max, options_.block_cache_bytes);
  EXPECT_TRUE(figures.disk_free_bytes);
  EXPECT_EQ(figures.disk_free_bytes_min, options_.reserve.free_bytes_min);
}

TEST_F(RocksEventLogTest, many_short_runs_leave_one_whole_log) {
  for (std::uint64_t run = 1; run <= 6; ++run) {
    const auto log = open();
    append_until(*log, run * 3);
  }
  const auto verified = open()->verify_chain({});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->events, 18U);
  EXPECT_EQ(verified->streams, 2U);
}

TEST_F(RocksEventLogTest, reading_tools_find_a_running_server_out) {
  const auto log = open();
  options_.read_only = true;
  const auto tool = RocksEventLog::open(options_);
  ASSERT_FALSE(tool);
  EXPECT_EQ(tool.error().kind, OpenErrorKind::locked);
}

TEST_F(RocksEventLogTest, opened_read_only_it_is_read_and_never_changed) {
  { append_until(*open(), 5); }
  options_.read_only = true;
  const auto log = open();
  EXPECT_EQ(log->head(), Position{5});
  EXPECT_TRUE(log->verify_chain({}));
  EXPECT_EQ(append_one(*log, DraftBuilder("even", 3, 9).events(1)).status, AppendStatus::unavailable);
  EXPECT_EQ(log->read_only_reason(), opened_read_only_reason);
  EXPECT_FALSE(log->projections()->create({"inbox", 1}));
  const auto second = open();
  EXPECT_EQ(second->head(), Position{5});
}

TEST_F(RocksEventLogTest, opened_read_only_nothing_is_made) {
  options_.read_only = true;
  EXPECT_EQ(RocksEventLog::open(options_).error().kind, OpenErrorKind::not_found);
  EXPECT_FALSE(std::filesystem::exists(options_.data_dir));
  std::filesystem::create_directories(options_.data_dir);
  EXPECT_EQ(RocksEventLog::open(options_).error().kind, OpenErrorKind::not_found);
}

TEST_F(RocksEventLogTest, a_full_disk_makes_it_read_only_until_space_returns) {
  const auto log = open();
  append_until(*log, 3);
  disk_->free_bytes_told = options_.reserve.free_bytes_min - 1;
  EXPECT_EQ(append_one(*log, DraftBuilder("odd", 1, 9).events(1)).status, AppendStatus::unavailable);
  EXPECT_EQ(log->read_only_reason(), disk_full_reason);
  EXPECT_EQ(log->head(), Position{3});
  disk_->free_bytes_told = options_.reserve.free_bytes_min * 2;
  EXPECT_EQ(log->read_only_reason(), "");
  EXPECT_EQ(append_one(*log, DraftBuilder("odd", 1, 9).events(1)).status, AppendStatus::appended);
}

TEST_F(RocksEventLogTest, a_witness_that_cannot_be_written_ends_appending_with_an_unknown_outcome) {
  {
    const auto log = open();
    append_until(*log, 3);
    disk_->syncs_fail = true;
    EXPECT_EQ(append_one(*log, DraftBuilder("odd", 1, 9).events(1).record(1)).status, AppendStatus::unknown);
    disk_->syncs_fail = false;
    EXPECT_EQ(append_one(*log, DraftBuilder("odd", 1, 10).events(1)).status, AppendStatus::unavailable);
    EXPECT_THAT(log->read_only_reason(), StartsWith("failed: witness"));
    EXPECT_EQ(log->head(), Position{3}) << "nobody may see what was not acknowledged";
    EXPECT_FALSE(log->read_at({4}));
    EXPECT_FALSE(log->find_command(numbered_uuid(9)));
  }
  // Only the next start tells: here the write had reached the disk.
  const auto log = open();
  EXPECT_EQ(log->head(), Position{4});
  EXPECT_EQ(append_one(*log, DraftBuilder("odd", 1, 9).events(1).record(1)).status, AppendStatus::duplicate);
}

TEST_F(RocksEventLogTest, verification_reports_how_far_it_came) {
  const auto log = open();
  append_until(*log, 5);
  std::vector<Position> told;
  ASSERT_TRUE(log->verify_chain([&](Position done, Position head) {
    told.push_back(done);
    EXPECT_EQ(head, Position{5});
  }));
  EXPECT_THAT(told, ::testing::ElementsAre(Position{5}));
}

}  // namespace
}  // namespace gatehouse::testing
