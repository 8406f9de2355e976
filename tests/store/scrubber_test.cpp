// That everything stored is read, that each damaged file is found, and that the scrubber keeps its time over restarts.
#include "store/scrubber.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <thread>

#include "store/rocks_event_log.hpp"
#include "tests/store/drafts.hpp"
#include "tests/store/event_log_contract.hpp"
#include "tests/store/file_damage.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

class ScrubberTest : public ::testing::Test {
 protected:
  void open() {
    log_.reset();
    auto log = RocksEventLog::open(small_log(folder_.path()));
    ASSERT_TRUE(log) << to_text(log.error());
    log_ = std::move(*log);
  }
  // So that there are events, rows of the state, streams and a projection, all in files.
  void fill() {
    open();
    for (int number = 0; number < 50; ++number) {
      const DraftBuilder draft =
          DraftBuilder("acme", static_cast<std::uint64_t>(3 * number), static_cast<std::uint64_t>(number) + 1)
              .events(3)
              .row("row " + std::to_string(number), std::string(100, 'x'));
      ASSERT_EQ(append_one(*log_, draft).status, AppendStatus::appended);
    }
    auto table = *log_->projections()->create({"inbox", 1});
    ASSERT_TRUE(log_->projections()->load(*table, log_->head(), [](const auto& sink) {
      std::mt19937_64 random(1);  // so that it is of several blocks, of which the start reads the first
      for (int number = 100; number < 900; ++number)
        sink("row " + std::to_string(number), std::to_string(random()) + std::to_string(random()));
    }));
    ASSERT_TRUE(log_->projections()->activate(*table));
    table.reset();
    open();  // a clean stop has flushed everything
  }
  Scrubber::Status scrub(std::chrono::seconds interval = {}) {
    Scrubber scrubber(
        *log_, {.data_dir = folder_.path(), .interval = interval, .others = {}, .report = [this](const ScrubDamage&) {
                  ++reports_;
                }});
    scrubber.start();
    if (interval.count() == 0) {
      EXPECT_TRUE(scrubber.begin_now());
    }
    while (scrubber.status().running)
      std::this_thread::yield();
    return scrubber.status();
  }

  TemporaryFolder folder_;
  std::unique_ptr<RocksEventLog> log_;
  int reports_ = 0;
};

TEST_F(ScrubberTest, reads_everything_and_finds_it_whole) {
  fill();
  auto scrub = log_->begin_scrub({});
  std::uint64_t bytes = 0, pieces = 0;
  for (;; ++pieces) {
    const auto read = scrub.read(1'000);
    ASSERT_TRUE(read) << to_text(read.error().error);
    if (*read == 0)
      break;
    bytes += *read;
  }
  EXPECT_EQ(scrub.position(), log_->head());
  EXPECT_GT(bytes, 800U * 30 + 50 * 100) << "the rows of the projection and of the state";
  EXPECT_GT(pieces, 20U);
  EXPECT_FALSE(this->scrub().damage);
}

// Four flushes are compacted with the file that is damaged.
TEST_F(ScrubberTest, a_compaction_that_meets_a_damaged_read_model_leaves_the_log_writable) {
  fill();
  log_.reset();
  std::filesystem::path largest;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "db")) {
    if (entry.path().extension() == ".sst" && (largest.empty() || entry.file_size() > file_size(largest)))
      largest = entry.path();
  }
  flip_bit(largest, 8 * (file_size(largest) / 2));
  open();
  ASSERT_EQ(scrub().damage.value().table, "p.inbox.1.1");
  auto& store = *log_->projections();
  const auto table = store.find({"inbox", 1}, GenerationRole::active);
  for (int round = 0; round < 6; ++round) {
    const OverlayTable::Changes changes{{"row " + std::to_string(100 + 100 * round), "new"}};
    const ProjectionWrite write{table.get(), &changes, log_->head()};
    ASSERT_TRUE(store.write_bulk(write));
    ASSERT_TRUE(store.settle(*table)) << round;
  }
  for (std::uint64_t number = 50; number < 150; ++number) {
    ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 3 * number, number + 1).events(3)).status, AppendStatus::appended)
        << log_->read_only_reason();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(store.drop(*table));
  EXPECT_FALSE(scrub().damage);
}

TEST_F(ScrubberTest, finds_a_flipped_bit_in_whatever_file_of_rows_it_is) {
  fill();
  log_.reset();
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "db")) {
    if (entry.path().extension() == ".sst")
      files.push_back(entry.path().filename());
  }
  EXPECT_GT(files.size(), 3U);
  int found = 0;
  for (const auto& file : files) {
    const TemporaryFolder copy;
    std::filesystem::copy(folder_.path(), copy.path(), std::filesystem::copy_options::recursive);
    const auto size = std::filesystem::file_size(copy.path() / "db" / file);
    flip_bit(copy.path() / "db" / file,
             8 * (size > 16'000 ? size / 2 : 20));  // rows, behind those that the start reads
    auto damaged = RocksEventLog::open(small_log(copy.path()));
    if (!damaged)
      continue;  // the start has read it
    log_ = std::move(*damaged);
    const auto damage = scrub().damage;
    ASSERT_TRUE(damage) << file;
    const auto later = Scrubber(*log_, {.data_dir = folder_.path(), .others = {}, .report = {}}).status().damage;
    ASSERT_TRUE(later) << "a restart hides it";
    EXPECT_EQ(later->table, damage->table);
    log_.reset();
    ++found;
  }
  EXPECT_GT(found, 0);
  EXPECT_EQ(reports_, found);
}

TEST_F(ScrubberTest, finds_it_also_in_what_the_caches_have) {
  fill();
  EXPECT_EQ(log_->read({}, 1'000).events.size(), 150U);
  std::size_t rows = 0;
  log_->state()->scan({}, [&](std::string_view, std::string_view) { return ++rows > 0; });
  ASSERT_GE(rows, 50U);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "db")) {
    if (entry.path().extension() != ".sst")
      continue;
    flip_bit(entry.path(), 8U * 20);
    EXPECT_TRUE(scrub().damage) << entry.path();
    flip_bit(entry.path(), 8U * 20);
    ++files;
  }
  EXPECT_GT(files, 3);
  EXPECT_FALSE(scrub().damage);
}

TEST_F(ScrubberTest, reads_files_that_are_not_the_logs_too) {
  fill();
  const TemporaryFolder other;
  {
    auto another = RocksEventLog::open(small_log(other.path()));
    ASSERT_TRUE(another);
    append_until(**another, 50);
  }
  std::vector<ScrubFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(other.path() / "db")) {
    if (entry.path().extension() == ".sst")
      files.push_back({"others", entry.path().string(), entry.file_size()});
  }
  ASSERT_FALSE(files.empty());
  const auto scrub_all = [&] {
    Scrubber scrubber(*log_,
                      {.data_dir = folder_.path(), .interval = {}, .others = [&] { return files; }, .report = {}});
    scrubber.start();
    EXPECT_TRUE(scrubber.begin_now());
    while (scrubber.status().running)
      std::this_thread::yield();
    return scrubber.status().damage;
  };
  EXPECT_FALSE(scrub_all());
  flip_bit(files.back().path, 8U * 20);
  const auto damage = scrub_all();
  ASSERT_TRUE(damage);
  EXPECT_EQ(damage->table, "others");
  std::filesystem::remove(files.back().path);
  EXPECT_FALSE(scrub_all()) << "what is gone was compacted meanwhile";
}

TEST_F(ScrubberTest, does_not_begin_again_before_its_time_is_over) {
  fill();
  EXPECT_TRUE(scrub().completed_at);
  Scrubber scrubber(*log_, {.data_dir = folder_.path(), .interval = std::chrono::hours(1), .others = {}, .report = {}});
  scrubber.start();
  const auto before = scrubber.status();
  EXPECT_TRUE(before.completed_at) << "of the earlier one, whose mark is in the folder";
  EXPECT_FALSE(before.running);
  EXPECT_TRUE(scrubber.begin_now()) << "but when it is asked to";
  EXPECT_FALSE(scrubber.begin_now());
}

}  // namespace
}  // namespace gatehouse::testing
