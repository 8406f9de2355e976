// Rows that are made anew while others serve: that they are the same, that those that serve are never gone, and what operators can do meanwhile.
#include "replay/rebuilder.hpp"

#include <gmock/gmock.h>

#include <array>
#include <future>

#include "projections/state_projection.hpp"
#include "tests/replay/running_follower.hpp"
#include "tests/replay/test_projections.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using Refusal = Rebuilder::Refusal;
using testing::counted;
using testing::CountingProjection;
using testing::RunningFollower;
using testing::status_of;
using testing::wait;
using testing::World;

RebuildResult result_of(const Rebuilder& rebuilder, std::string_view name) {
  for (;;) {
    const auto status = status_of(rebuilder, name);
    if (status.last_rebuild && !status.rebuild)
      return *status.last_rebuild;
    std::this_thread::yield();
  }
}

TEST(Rebuilding, gives_every_projection_the_rows_it_had_while_events_come) {
  for (const std::uint64_t seed : {11U, 12U, 13U}) {
    World world(seed, 60);
    const auto projections = all_projections();
    RunningFollower running(world.log, world.store, projections, {.events_per_write = 1 + seed % 7});
    std::vector<std::string_view> names;
    for (const auto& projection : projections)
      names.push_back(projection->name());
    ASSERT_EQ(wait(running.follower, names, world.log.head()), WaitOutcome::reached);
    for (const auto name : names) {
      while (status_of(running.rebuilder, name).rebuild)
        std::this_thread::yield();
    }
    ASSERT_TRUE(running.rebuilder.begin({}, true).has_value());
    world.story.go_on(60);
    for (const auto name : names) {
      const auto result = result_of(running.rebuilder, name);
      EXPECT_EQ(result.outcome, RebuildOutcome::switched) << name << ": " << result.reason;
      ASSERT_TRUE(result.comparison.has_value());
      EXPECT_EQ(result.comparison->differences, 0U);
      EXPECT_EQ(result.comparison->digest, result.comparison->former_digest);
    }
    world.story.go_on(10);
    ASSERT_EQ(wait(running.follower, names, world.log.head()), WaitOutcome::reached);
    for (const auto& projection : projections) {
      EXPECT_EQ(testing::rows_of(*projection, *running.follower.rows(projection->name())),
                testing::folded_rows(*projection, world.log));
      EXPECT_TRUE(status_of(running.rebuilder, projection->name()).kept.has_value());
    }
  }
}

TEST(Rebuilding, rows_that_queries_wait_for_do_not_wait_for_those_of_another_follower) {
  World world(3, 50);
  const auto quick = std::make_shared<CountingProjection>("quick"), slow = std::make_shared<CountingProjection>("slow");
  slow->milliseconds_each = 100;
  Follower present(world.log, world.store, {quick}, {}), past(world.log, world.store, {slow}, {});
  ASSERT_TRUE(present.start().has_value());
  ASSERT_TRUE(past.start().has_value());
  Rebuilder rebuilder(world.log, world.store, {&present, &past}, {});
  rebuilder.start();
  EXPECT_EQ(wait(present, {"quick"}, world.log.head()), WaitOutcome::reached);
  EXPECT_FALSE(past.has_current("slow"));
  slow->milliseconds_each = 0;
  EXPECT_EQ(wait(past, {"slow"}, world.log.head()), WaitOutcome::reached);
  rebuilder.stop();
  present.stop();
  past.stop();
}

class RebuilderTest : public ::testing::Test {
 protected:
  RebuilderTest() { start(); }
  void start() {
    running_.reset();
    running_ = std::make_unique<RunningFollower>(world_.log, world_.store, ProjectionSet{counting_, other_},
                                                 Follower::Options{.events_per_write = 10});
    EXPECT_EQ(wait(running_->follower, {"counting", "other"}, world_.log.head()), WaitOutcome::reached);
    while (status_of(rebuilder(), "other").rebuild || status_of(rebuilder(), "counting").rebuild)
      std::this_thread::yield();
  }
  Rebuilder& rebuilder() { return running_->rebuilder; }
  std::size_t generations() const { return world_.store.list().size(); }
  tl::expected<void, std::string> done_by(Rebuilder::Outcome (Rebuilder::*change)(std::string_view, Rebuilder::Done)) {
    std::promise<tl::expected<void, std::string>> told;
    const auto taken = (rebuilder().*change)("counting", [&](auto outcome) { told.set_value(std::move(outcome)); });
    if (!taken)
      return tl::unexpected(std::string("refused"));
    return told.get_future().get();
  }

  World world_{3, 50};
  std::shared_ptr<CountingProjection> counting_ = std::make_shared<CountingProjection>();
  std::shared_ptr<CountingProjection> other_ = std::make_shared<CountingProjection>("other");
  std::unique_ptr<RunningFollower> running_;
};

TEST_F(RebuilderTest, keeps_what_it_replaced_up_to_the_log_and_goes_back_to_it) {
  ASSERT_TRUE(rebuilder().begin({"counting"}, true).has_value());
  EXPECT_EQ(result_of(rebuilder(), "counting").outcome, RebuildOutcome::switched);
  EXPECT_EQ(generations(), 3U);
  const auto fresh = world_.store.find({"counting", 1}, GenerationRole::active);
  const auto former = world_.store.find({"counting", 1}, GenerationRole::kept);
  world_.story.go_on(20);
  ASSERT_EQ(wait(running_->follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  ASSERT_TRUE(done_by(&Rebuilder::roll_back).has_value());
  EXPECT_EQ(world_.store.find({"counting", 1}, GenerationRole::active), former);
  EXPECT_EQ(world_.store.find({"counting", 1}, GenerationRole::kept), fresh);
  EXPECT_EQ(counted(*running_->follower.rows("counting")), world_.log.head().value);
  start();  // both come back
  EXPECT_EQ(generations(), 3U);
  world_.story.go_on(20);
  ASSERT_TRUE(done_by(&Rebuilder::roll_back).has_value());
  EXPECT_EQ(world_.store.find({"counting", 1}, GenerationRole::active)->generation(), fresh->generation());
  ASSERT_TRUE(done_by(&Rebuilder::retire).has_value());
  EXPECT_EQ(generations(), 2U);
  EXPECT_EQ(rebuilder().roll_back("counting", [](const auto&) {}).error(), Refusal::nothing_kept);
}

TEST_F(RebuilderTest, goes_back_from_rows_that_have_stopped) {
  ASSERT_TRUE(rebuilder().begin({"counting"}, true).has_value());
  EXPECT_EQ(result_of(rebuilder(), "counting").outcome, RebuildOutcome::switched);
  const auto table = world_.store.find({"counting", 1}, GenerationRole::active);
  const OverlayTable::Changes damage{{"count", "no number"}};
  const ProjectionWrite write{table.get(), &damage, world_.log.head()};
  ASSERT_TRUE(world_.store.write({&write, 1}).has_value());
  while (status_of(rebuilder(), "counting").state != ProjectionState::failed)
    world_.story.go_on(5);  // until an event of the log's own streams is among them
  ASSERT_TRUE(done_by(&Rebuilder::roll_back).has_value());
  ASSERT_EQ(wait(running_->follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  EXPECT_EQ(counted(*running_->follower.rows("counting")), world_.log.head().value);
}

TEST_F(RebuilderTest, tells_what_was_wrong_with_the_rows_and_puts_it_right) {
  running_.reset();
  const auto table = world_.store.find({"counting", 1}, GenerationRole::active);
  const OverlayTable::Changes damage{{"count", "7"}, {Key('e').number(3).take(), std::nullopt}, {"x", "y"}};
  const ProjectionWrite write{table.get(), &damage, world_.log.head()};
  ASSERT_TRUE(world_.store.write({&write, 1}).has_value());
  start();
  ASSERT_TRUE(rebuilder().begin({"counting"}, false).has_value());
  auto result = result_of(rebuilder(), "counting");
  EXPECT_EQ(result.outcome, RebuildOutcome::compared);
  EXPECT_EQ(result.comparison->differences, 3U);
  EXPECT_NE(result.comparison->digest, result.comparison->former_digest);
  EXPECT_THAT(result.comparison->examples, ::testing::Contains(::testing::HasSubstr("gone: ")));
  EXPECT_EQ(counted(*running_->follower.rows("counting")), 7U) << "it was only to compare";
  ASSERT_TRUE(rebuilder().begin({"counting"}, true).has_value());
  while (counted(*running_->follower.rows("counting")) == 7U)
    std::this_thread::yield();
  EXPECT_EQ(counted(*running_->follower.rows("counting")), world_.log.head().value);
}

TEST_F(RebuilderTest, can_be_held_and_given_up_and_leaves_nothing) {
  counting_->milliseconds_each = 20;
  ASSERT_TRUE(rebuilder().begin({"counting", "other"}, true).has_value());
  EXPECT_EQ(rebuilder().begin({"other"}, true).error(), Refusal::already_running);
  ASSERT_TRUE(rebuilder().pause("other").has_value());
  EXPECT_TRUE(status_of(rebuilder(), "counting").rebuild->paused);
  ASSERT_TRUE(rebuilder().cancel("counting").has_value());
  const auto given_up = result_of(rebuilder(), "counting");
  EXPECT_EQ(given_up.outcome, RebuildOutcome::cancelled);
  counting_->milliseconds_each = 0;
  ASSERT_TRUE(rebuilder().resume("other").has_value());
  EXPECT_EQ(result_of(rebuilder(), "other").outcome, RebuildOutcome::switched) << "only the other was given up";
  EXPECT_EQ(result_of(rebuilder(), "counting").ended_at, given_up.ended_at);
  EXPECT_EQ(generations(), 3U);
  EXPECT_EQ(rebuilder().pause("other").error(), Refusal::not_running);
  EXPECT_EQ(rebuilder().begin({"nothing"}, true).error(), Refusal::unknown_projection);
}

TEST_F(RebuilderTest, what_is_given_up_alone_is_so_at_once_and_all_of_it_too) {
  counting_->milliseconds_each = other_->milliseconds_each = 20;
  ASSERT_TRUE(rebuilder().begin({"counting", "other"}, true).has_value());
  ASSERT_TRUE(rebuilder().cancel("counting").has_value());
  EXPECT_FALSE(status_of(rebuilder(), "counting").rebuild.has_value());
  EXPECT_EQ(status_of(rebuilder(), "counting").last_rebuild->outcome, RebuildOutcome::cancelled);
  EXPECT_EQ(rebuilder().cancel("counting").error(), Refusal::not_running);
  EXPECT_TRUE(status_of(rebuilder(), "other").rebuild.has_value());
  ASSERT_TRUE(rebuilder().cancel_all().has_value());
  EXPECT_FALSE(status_of(rebuilder(), "other").rebuild.has_value());
  EXPECT_EQ(rebuilder().cancel_all().error(), Refusal::not_running);
  counting_->milliseconds_each = other_->milliseconds_each = 0;
  while (!rebuilder().begin({"other"}, true))  // until the thread has let go of the former
    std::this_thread::yield();
  EXPECT_EQ(result_of(rebuilder(), "other").outcome, RebuildOutcome::switched);
  EXPECT_EQ(generations(), 3U);
}

TEST_F(RebuilderTest, a_pause_is_no_part_of_the_time_that_it_takes) {
  counting_->milliseconds_each = 1;
  ASSERT_TRUE(rebuilder().begin({"counting"}, true).has_value());
  ASSERT_TRUE(rebuilder().pause("counting").has_value());
  std::this_thread::sleep_for(std::chrono::seconds(3));
  ASSERT_TRUE(rebuilder().resume("counting").has_value());
  const auto result = result_of(rebuilder(), "counting");
  EXPECT_EQ(result.outcome, RebuildOutcome::switched);
  EXPECT_LT(result.progress.elapsed, std::chrono::seconds(3));
}

TEST_F(RebuilderTest, a_stop_in_the_middle_leaves_the_rows_that_serve) {
  counting_->milliseconds_each = 20;
  ASSERT_TRUE(rebuilder().begin({"counting"}, true).has_value());
  running_->stop();
  counting_->milliseconds_each = 0;
  start();
  EXPECT_EQ(generations(), 2U);
  EXPECT_EQ(counted(*running_->follower.rows("counting")), world_.log.head().value);
}

TEST_F(RebuilderTest, tells_how_rows_of_a_new_version_differ_from_those_of_the_former) {
  counting_ = std::make_shared<CountingProjection>("counting", 2);
  start();
  const auto result = result_of(rebuilder(), "counting");
  EXPECT_EQ(result.outcome, RebuildOutcome::switched);
  ASSERT_TRUE(result.comparison.has_value());
  EXPECT_EQ(result.comparison->former_version, 1U);
  EXPECT_EQ(result.comparison->differences, world_.log.head().value) << "one row for each event";
  EXPECT_EQ(generations(), 2U) << "rows of another version cannot be kept up";
}

TEST_F(RebuilderTest, the_logs_own_state_is_compared) {
  ASSERT_TRUE(rebuilder().begin({std::string(state_projection)}, true).has_value());
  auto result = result_of(rebuilder(), state_projection);
  EXPECT_EQ(result.outcome, RebuildOutcome::compared);
  EXPECT_EQ(result.comparison->differences, 0U);
  std::array<CommitDraft, 1> drafts;
  drafts[0].state = {{"zzz", "no row of the state"}};
  ASSERT_EQ(world_.log.append(drafts).front().status, AppendStatus::appended);
  ASSERT_TRUE(rebuilder().begin({std::string(state_projection)}, true).has_value());
  while (result_of(rebuilder(), state_projection).comparison->differences == 0U)
    std::this_thread::yield();
  EXPECT_EQ(result_of(rebuilder(), state_projection).comparison->differences, 1U);
  EXPECT_EQ(generations(), 2U);
}

}  // namespace
}  // namespace gatehouse
