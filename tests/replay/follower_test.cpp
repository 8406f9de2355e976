#include "replay/follower.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <future>

#include "projections/state_projection.hpp"
#include "tests/replay/running_follower.hpp"
#include "tests/replay/test_projections.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using namespace std::chrono_literals;
using testing::counted;
using testing::CountingProjection;
using testing::RunningFollower;
using testing::wait;
using testing::World;

std::vector<std::string_view> names_of(const ProjectionSet& projections) {
  std::vector<std::string_view> names;
  for (const auto& projection : projections)
    names.push_back(projection->name());
  return names;
}

ProjectionStatus status_of(const Follower& follower, std::string_view name) {
  for (auto& status : follower.status()) {
    if (status.name == name)
      return status;
  }
  ADD_FAILURE() << "no projection " << name;
  return {};
}

RC_GTEST_PROP(FollowerProperty, rows_followed_live_are_those_of_a_fold_in_one_go, ()) {
  World world(*rc::gen::arbitrary<std::uint64_t>(), 0);
  const auto projections = followed_projections();
  RunningFollower running(world.log, world.store, projections,
                          {.events_per_write = *rc::gen::inRange<std::size_t>(1, 50)});
  auto& follower = running.follower;
  world.story.go_on(150);
  RC_ASSERT(wait(follower, names_of(projections), world.log.head()) == WaitOutcome::reached);
  for (const auto& projection : projections) {
    RC_ASSERT(testing::rows_of(*projection, *follower.rows(projection->name())) ==
              testing::folded_rows(*projection, world.log));
  }
}

class FollowerTest : public ::testing::Test {
 protected:
  Follower& start(ProjectionSet projections) {
    running_ = std::make_unique<RunningFollower>(world_.log, world_.store, std::move(projections),
                                                 Follower::Options{.events_per_write = 10});
    return running_->follower;
  }
  std::uint64_t head() { return world_.log.head().value; }

  World world_{3, 50};
  std::shared_ptr<CountingProjection> counting_ = std::make_shared<CountingProjection>();
  std::shared_ptr<CountingProjection> other_ = std::make_shared<CountingProjection>("other");
  std::unique_ptr<RunningFollower> running_;
};

TEST_F(FollowerTest, goes_on_where_the_rows_are_after_a_restart) {
  ASSERT_EQ(wait(start({counting_}), {"counting"}, world_.log.head()), WaitOutcome::reached);
  running_.reset();
  world_.story.go_on(50);
  auto& follower = start({counting_});
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  EXPECT_EQ(counted(*follower.rows("counting")), head());
  EXPECT_EQ(follower.rows("counting")->checkpoint(), world_.log.head());
}

TEST_F(FollowerTest, refuses_rows_that_are_ahead_of_the_log) {
  const auto table = *world_.store.create({"counting", 1});
  const OverlayTable::Changes none;
  const ProjectionWrite ahead{table.get(), &none, Position{head() + 1}};
  ASSERT_TRUE(world_.store.write({&ahead, 1}).has_value());
  ASSERT_TRUE(world_.store.activate(*table).has_value());
  Follower follower(world_.log, world_.store, {counting_});
  const auto started = follower.start();
  ASSERT_FALSE(started.has_value());
  EXPECT_THAT(started.error(),
              ::testing::HasSubstr("counting is at position " + std::to_string(head() + 1) + ", ahead of the log"));
}

TEST_F(FollowerTest, builds_rows_of_a_new_version_while_the_former_ones_serve) {
  ASSERT_EQ(wait(start({counting_}), {"counting"}, world_.log.head()), WaitOutcome::reached);
  running_.reset();
  const auto former_head = world_.log.head();
  const auto newer = std::make_shared<CountingProjection>("counting", 2);
  newer->milliseconds_each = 5;
  world_.story.go_on(20);
  auto& follower = start({newer, other_});
  EXPECT_EQ(follower.rows("counting")->checkpoint(), former_head);
  EXPECT_EQ(status_of(follower, "counting").state, ProjectionState::rebuilding);
  EXPECT_EQ(wait(follower, {"counting"}, world_.log.head(), 1ms), WaitOutcome::timed_out);
  world_.story.go_on(20);
  EXPECT_EQ(wait(follower, {"other"}, world_.log.head()), WaitOutcome::reached) << "a rebuild makes the others late";
  newer->milliseconds_each = 0;
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  EXPECT_EQ(counted(*follower.rows("counting")), head());
  EXPECT_EQ(follower.rows("counting")->get(Key('e').number(1).take()), "2");
  EXPECT_EQ(status_of(follower, "counting").state, ProjectionState::following);
  for (const auto& generation : world_.store.list())
    EXPECT_EQ(generation.role, GenerationRole::active);
}

TEST_F(FollowerTest, rows_that_todays_queries_cannot_read_do_not_serve) {
  class Unreadable : public CountingProjection {
   public:
    Unreadable() : CountingProjection("counting", 2) {}
    [[nodiscard]] std::uint32_t readable_since() const override { return 2; }
  };
  ASSERT_EQ(wait(start({counting_}), {"counting"}, world_.log.head()), WaitOutcome::reached);
  running_.reset();
  const auto newer = std::make_shared<Unreadable>();
  newer->milliseconds_each = 2;
  auto& follower = start({newer});
  EXPECT_EQ(follower.rows("counting"), nullptr);
  newer->milliseconds_each = 0;
  EXPECT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
}

TEST_F(FollowerTest, a_build_that_fails_leaves_nothing_behind_but_the_reason) {
  const auto of_platform = testing::position_where(
      world_.log, [](const RecordedEvent& event) { return is_platform_stream(event.envelope.account_id); });
  counting_->fails_at = of_platform.value;
  auto& follower = start({counting_});
  EXPECT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::failed);
  EXPECT_EQ(status_of(follower, "counting").last_error->position, of_platform);
  EXPECT_TRUE(world_.store.list().empty());
}

TEST_F(FollowerTest, drops_what_a_crash_left_unfinished) {
  ASSERT_EQ(wait(start({counting_}), {"counting"}, world_.log.head()), WaitOutcome::reached);
  running_.reset();
  ASSERT_TRUE(world_.store.create({"counting", 1}).has_value());
  ASSERT_EQ(world_.store.list().size(), 2U);
  start({counting_});
  EXPECT_EQ(world_.store.list().size(), 1U);
}

TEST_F(FollowerTest, stops_while_a_build_is_going_on_and_tells_those_who_wait) {
  counting_->milliseconds_each = 5;
  auto& follower = start({counting_});
  std::promise<WaitOutcome> told;
  const std::vector<std::string_view> names{"counting"};
  follower.wait_for(names, world_.log.head(), std::chrono::steady_clock::now() + 1h,
                    [&](WaitOutcome outcome) { told.set_value(outcome); });
  running_->stop();
  EXPECT_EQ(told.get_future().get(), WaitOutcome::stopped);
}

TEST_F(FollowerTest, shows_the_logs_own_state_as_a_projection_that_is_never_behind) {
  const auto status = start({}).status();
  ASSERT_EQ(status.size(), 1U);
  EXPECT_EQ(status[0].name, state_projection);
  EXPECT_EQ(status[0].state, ProjectionState::inline_);
  EXPECT_EQ(status[0].position, world_.log.head());
  EXPECT_EQ(status[0].lag, 0U);
}

TEST(FollowerOfAnEmptyLog, has_rows_at_once) {
  MemoryEventLog log;
  MemoryProjectionStore store;
  Follower follower(log, store, followed_projections());
  ASSERT_TRUE(follower.start().has_value());
  for (const auto& status : follower.status())
    EXPECT_NE(status.state, ProjectionState::rebuilding) << status.name;
  EXPECT_NE(follower.rows("catalogue"), nullptr);
}

}  // namespace
}  // namespace gatehouse
