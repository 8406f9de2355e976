// Files of a read model that are damaged on the disk: what serves them goes on as far as it can, and a rebuild puts new ones in their place.
#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "store/rocks_event_log.hpp"
#include "store/scrub.hpp"
#include "table/key.hpp"
#include "tests/replay/running_follower.hpp"
#include "tests/replay/world.hpp"
#include "tests/store/file_damage.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse {
namespace {

using ::testing::HasSubstr;
using testing::RunningFollower;
using testing::status_of;
using testing::wait;

// Rows of several blocks, all of which the fold reads when it is told to.
class Bulky final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return "bulky"; }
  [[nodiscard]] std::uint32_t version() const override { return 1; }
  void apply(Table& rows, const RecordedEvent& event) const override {
    std::mt19937_64 random(event.envelope.position.value);
    std::string text;
    for (int part = 0; part < 10; ++part)
      text += std::to_string(random());
    if (reads_all)
      rows.scan({}, [](std::string_view, std::string_view) { return true; });
    rows.put(Key('e').number(event.envelope.position.value).take(), text);
  }
  [[nodiscard]] std::span<const RowShape> shapes() const override { return {}; }

  std::atomic<bool> reads_all{};
};

class DamagedRows : public ::testing::Test {
 protected:
  void SetUp() override {
    open();
    testing::Story(*log_, 3).go_on(600);
    follow([](RunningFollower&) {});
    damage("p.bulky.");
  }
  void open() {
    log_.reset();
    OpenOptions options;
    options.data_dir = folder_.path();
    options.reserve.ballast_bytes = 4096;
    auto log = RocksEventLog::open(options);
    ASSERT_TRUE(log) << to_text(log.error());
    log_ = std::move(*log);
  }
  void follow(const std::function<void(RunningFollower&)>& act) {
    Follower::Options options;
    options.report = [this](const Incident& incident) {
      const std::lock_guard lock(mutex_);
      if (const auto* stopped = std::get_if<ProjectionStopped>(&incident))
        stopped_.push_back(stopped->projection + ": " + stopped->failure.reason);
    };
    RunningFollower running(*log_, *log_->projections(), {bulky_}, options);
    EXPECT_EQ(wait(running.follower, {"bulky"}, log_->head()), WaitOutcome::reached);
    while (status_of(running.rebuilder, "bulky").rebuild)
      std::this_thread::yield();
    act(running);
  }
  RebuildResult rebuild(Rebuilder& rebuilder) {
    EXPECT_TRUE(rebuilder.begin({"bulky"}, true).has_value());
    while (status_of(rebuilder, "bulky").rebuild)
      std::this_thread::yield();
    return *status_of(rebuilder, "bulky").last_rebuild;
  }
  std::string damaged_table() {
    auto scrub = log_->begin_scrub({});
    for (;;) {
      const auto read = scrub.read(1U << 20);
      if (!read)
        return read.error().table;
      if (*read == 0)
        return {};
    }
  }
  // The middle of the largest file, which is not where a start reads.
  void damage(std::string_view table) {
    log_.reset();
    std::vector<std::pair<std::uintmax_t, std::filesystem::path>> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "db")) {
      if (entry.path().extension() == ".sst")
        files.emplace_back(entry.file_size(), entry.path());
    }
    std::ranges::sort(files, std::greater());
    for (const auto& [bytes, file] : files) {
      testing::flip_bit(file, 8 * (bytes / 2));
      open();
      if (damaged_table().starts_with(table))
        return;
      log_.reset();
      testing::flip_bit(file, 8 * (bytes / 2));
    }
    FAIL() << "no file of " << table;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<RocksEventLog> log_;
  std::shared_ptr<Bulky> bulky_ = std::make_shared<Bulky>();
  std::mutex mutex_;
  std::vector<std::string> stopped_;
};

TEST_F(DamagedRows, are_replaced_by_a_rebuild_which_says_that_there_was_nothing_to_compare_with) {
  follow([this](RunningFollower& running) {
    const auto result = rebuild(running.rebuilder);
    EXPECT_EQ(result.outcome, RebuildOutcome::switched) << result.reason;
    EXPECT_FALSE(result.comparison.has_value());
    EXPECT_THAT(result.not_compared, HasSubstr("p.bulky."));
    EXPECT_FALSE(running.follower.has_kept("bulky")) << "nobody could go back to them";
    EXPECT_EQ(testing::rows_of(*bulky_, *running.follower.rows("bulky")), testing::folded_rows(*bulky_, *log_));
    const auto again = rebuild(running.rebuilder);
    EXPECT_EQ(again.not_compared, "");
    EXPECT_EQ(again.comparison->differences, 0U);
  });
  EXPECT_EQ(log_->projections()->list().size(), 2U);
  EXPECT_EQ(damaged_table(), "");
}

TEST_F(DamagedRows, stop_their_read_model_when_it_needs_them_and_not_the_server) {
  follow([this](RunningFollower& running) {
    bulky_->reads_all = true;
    testing::Story(*log_, 4, {.accounts = 1}).go_on(5);
    EXPECT_EQ(wait(running.follower, {"bulky"}, log_->head()), WaitOutcome::failed);
    EXPECT_EQ(status_of(running.rebuilder, "bulky").state, ProjectionState::failed);
    EXPECT_TRUE(running.follower.parked("bulky").empty()) << "it is no event's fault";
    {
      const std::lock_guard lock(mutex_);
      ASSERT_EQ(stopped_.size(), 1U);
      EXPECT_THAT(stopped_.front(), HasSubstr("bulky: p.bulky.1.1 cannot be read: "));
    }
    bulky_->reads_all = false;
    EXPECT_EQ(rebuild(running.rebuilder).outcome, RebuildOutcome::switched);
    EXPECT_EQ(wait(running.follower, {"bulky"}, log_->head()), WaitOutcome::reached);
    EXPECT_EQ(testing::rows_of(*bulky_, *running.follower.rows("bulky")), testing::folded_rows(*bulky_, *log_));
  });
}

}  // namespace
}  // namespace gatehouse
