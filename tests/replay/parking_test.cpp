// Events that a projection cannot take: what is parked, what goes on, and what comes of trying again and of doing without.
#include <gmock/gmock.h>

#include <future>

#include "tests/replay/running_follower.hpp"
#include "tests/replay/test_projections.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using testing::counted;
using testing::CountingProjection;
using testing::FailingProjection;
using testing::RunningFollower;
using testing::wait;
using testing::World;

tl::expected<void, std::string> done_by(const std::function<Rebuilder::Outcome(Rebuilder::Done)>& ask) {
  std::promise<tl::expected<void, std::string>> told;
  if (!ask([&](tl::expected<void, std::string> outcome) { told.set_value(std::move(outcome)); }))
    return tl::unexpected(std::string("refused"));
  return told.get_future().get();
}

void wait_until_nothing_is_parked(const Follower& follower, std::string_view name) {
  while (!follower.parked(name).empty())
    std::this_thread::yield();
}

// Live, then tried again: the rows are those of a fold that never failed, although the stream's events may have come to them after the others'.
void park_and_retry(std::uint64_t seed, const std::shared_ptr<const Projection>& inner) {
  World world(seed, 0);
  const auto failing = std::make_shared<FailingProjection>(inner);
  RunningFollower running(world.log, world.store, {failing}, {.events_per_write = 1 + seed % 40});
  auto& follower = running.follower;
  const auto name = inner->name();
  world.story.go_on(40);
  const auto before = world.log.head();
  ASSERT_EQ(wait(follower, {name}, before), WaitOutcome::reached);
  while (testing::status_of(running.rebuilder, name).rebuild)
    std::this_thread::yield();
  failing->fails_at = before.value + 1 + seed % 31;
  while (world.log.head().value < failing->fails_at)
    world.story.go_on(1);  // whatever comes there
  world.story.go_on(80);
  const auto failed = testing::all_events(world.log)[failing->fails_at - 1].envelope;
  const bool stops = is_platform_stream(failed.account_id);
  EXPECT_EQ(wait(follower, {name}, world.log.head()), stops ? WaitOutcome::failed : WaitOutcome::reached);
  const auto parked = follower.parked(name);
  ASSERT_EQ(parked.size(), 1U);
  EXPECT_EQ(parked[0].position, failed.position);
  EXPECT_EQ(parked[0].version, failed.account_version);
  EXPECT_EQ(follower.parked_in(name, *follower.rows(name)).size(), 1U);
  EXPECT_EQ(follower.rows(name)->checkpoint(), stops ? Position{failed.position.value - 1} : world.log.head());

  failing->fails_at = 0;
  const auto retried =
      done_by([&](auto done) { return running.rebuilder.retry_parked(name, failed.account_id, std::move(done)); });
  ASSERT_TRUE(retried.has_value()) << retried.error();
  wait_until_nothing_is_parked(follower, name);
  ASSERT_EQ(wait(follower, {name}, world.log.head()), WaitOutcome::reached);
  EXPECT_EQ(testing::rows_of(*inner, *follower.rows(name)), testing::folded_rows(*inner, world.log));
}

TEST(Parking, rows_of_a_stream_that_is_taken_again_are_those_of_a_fold_in_order) {
  std::uint64_t seed = 1;
  for (const auto& projection : all_projections()) {
    for (int round = 0; round < 4; ++round) {
      SCOPED_TRACE(std::string(projection->name()) + " with seed " + std::to_string(++seed));
      park_and_retry(seed, projection);
    }
  }
}

class ParkingTest : public ::testing::Test {
 protected:
  Follower& start(std::size_t events_per_write = 10) {
    running_ = std::make_unique<RunningFollower>(world_.log, world_.store, ProjectionSet{counting_},
                                                 Follower::Options{.events_per_write = events_per_write});
    EXPECT_EQ(wait(running_->follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
    return running_->follower;
  }
  // The next event of an account fails, when there is one.
  void poison() {
    const auto before = world_.log.head();
    World twin(3, 50);
    twin.story.go_on(60);
    counting_->fails_at = testing::position_where(twin.log, is_of_account, Position{before.value + 1}).value;
    world_.story.go_on(60);
    const auto event = testing::all_events(world_.log)[counting_->fails_at - 1].envelope;
    stream_ = event.account_id;
    ASSERT_FALSE(is_platform_stream(stream_));
  }
  std::uint64_t head() { return world_.log.head().value; }
  std::uint64_t waiting() {  // events of the stream from the one that failed on
    std::uint64_t count = 0;
    for (const auto& event : testing::all_events(world_.log))
      count += event.envelope.account_id == stream_ && event.envelope.position.value >= counting_->fails_at;
    return count;
  }
  static bool is_of_account(const RecordedEvent& event) { return !is_platform_stream(event.envelope.account_id); }

  World world_{3, 50};
  std::shared_ptr<CountingProjection> counting_ = std::make_shared<CountingProjection>();
  AccountId stream_;
  std::unique_ptr<RunningFollower> running_;
};

TEST_F(ParkingTest, the_stream_is_held_back_and_everything_else_goes_on) {
  auto& follower = start();
  poison();
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  const auto rows = follower.rows("counting");
  EXPECT_EQ(counted(*rows), head() - waiting());
  EXPECT_EQ(rows->get("half a row"), std::nullopt);
  const auto parked = follower.parked("counting");
  ASSERT_EQ(parked.size(), 1U);
  EXPECT_EQ(parked[0].stream, stream_);
  EXPECT_EQ(parked[0].position.value, counting_->fails_at);
  EXPECT_EQ(parked[0].attempts.front().error, "made to fail");
  const auto status = testing::status_of(running_->rebuilder, "counting");
  EXPECT_EQ(status.state, ProjectionState::following);
  EXPECT_EQ(status.parked, 1U);
  EXPECT_EQ(status.parked_since, parked[0].since);
}

TEST_F(ParkingTest, a_restart_tries_again_and_counts_the_attempt) {
  start();
  poison();
  ASSERT_EQ(wait(running_->follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  auto& follower = start();
  while (follower.parked("counting").at(0).attempt_count < 2)
    std::this_thread::yield();
  const auto bad = counting_->fails_at.exchange(0);
  auto& mended = start();
  wait_until_nothing_is_parked(mended, "counting");
  EXPECT_EQ(counted(*mended.rows("counting")), head());
  EXPECT_GT(bad, 0U);
}

TEST_F(ParkingTest, what_fails_again_stays_parked_with_every_attempt) {
  auto& follower = start();
  poison();
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  for (std::uint64_t attempt = 2; attempt < 2 + parking_attempts_kept_max; ++attempt) {
    ASSERT_TRUE(done_by([&](auto done) {
                  return running_->rebuilder.retry_parked("counting", stream_, std::move(done));
                }).has_value());
    while (follower.parked("counting").at(0).attempt_count < attempt)
      std::this_thread::yield();
  }
  const auto parked = follower.parked("counting").at(0);
  EXPECT_EQ(parked.attempts.size(), parking_attempts_kept_max);
  EXPECT_EQ(counted(*follower.rows("counting")), head() - waiting());
}

TEST_F(ParkingTest, an_event_that_is_skipped_is_skipped_by_rebuilds_too_and_the_rest_is_not) {
  auto& follower = start(3);
  poison();
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  const SkippedEvent skipped{{counting_->fails_at}, stream_, {1}, "oscar", "it is known to be wrong"};
  const SkippedEvent another{{counting_->fails_at + 1}, stream_, {1}, "oscar", "not this one"};
  EXPECT_FALSE(done_by([&](auto done) {
                 return running_->rebuilder.skip_parked("counting", another, std::move(done));
               }).has_value());
  ASSERT_TRUE(done_by([&](auto done) {
                return running_->rebuilder.skip_parked("counting", skipped, std::move(done));
              }).has_value());
  wait_until_nothing_is_parked(follower, "counting");
  EXPECT_EQ(counted(*follower.rows("counting")), head() - 1);

  auto& again = start();  // notes come back with the rows
  EXPECT_EQ(counted(*again.rows("counting")), head() - 1);
  ASSERT_TRUE(running_->rebuilder.begin({}, true).has_value());
  while (!testing::status_of(running_->rebuilder, "counting").last_rebuild)
    std::this_thread::yield();
  const auto result = *testing::status_of(running_->rebuilder, "counting").last_rebuild;
  EXPECT_EQ(result.outcome, RebuildOutcome::switched) << result.reason;
  EXPECT_EQ(result.comparison->differences, 0U);
  EXPECT_TRUE(again.parked("counting").empty());
  EXPECT_EQ(counted(*again.rows("counting")), head() - 1);
}

TEST_F(ParkingTest, no_rebuild_begins_between_the_record_of_a_skip_and_the_skip) {
  auto& follower = start(3);
  poison();
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  while (testing::status_of(running_->rebuilder, "counting").rebuild)
    std::this_thread::yield();
  auto claim = running_->rebuilder.claim_parked("counting", stream_, Rebuilder::ParkedDecision::skip);
  ASSERT_TRUE(claim.has_value());
  const auto begun = running_->rebuilder.begin({}, true);
  ASSERT_FALSE(begun.has_value());
  EXPECT_EQ(begun.error(), Rebuilder::Refusal::is_decided);
  claim->reset();
  EXPECT_TRUE(running_->rebuilder.begin({}, true).has_value());
}

TEST_F(ParkingTest, one_of_the_logs_own_that_fails_behind_a_skipped_one_is_shown_as_that_was) {
  auto& follower = start(1'000);
  World twin(3, 50);
  twin.story.go_on(200);
  const auto is_of_log = [](const RecordedEvent& event) { return is_platform_stream(event.envelope.account_id); };
  const auto first = testing::position_where(twin.log, is_of_log, Position{head() + 1});
  stream_ = testing::all_events(twin.log)[first.value - 1].envelope.account_id;
  const auto is_of_stream = [this](const RecordedEvent& event) { return event.envelope.account_id == stream_; };
  const auto second = testing::position_where(twin.log, is_of_stream, Position{first.value + 1});
  counting_->fails_at = first.value;
  world_.story.go_on(200);
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::failed);
  for (const auto& [failed, next] : {std::pair(first, second.value), std::pair(second, std::uint64_t{0})}) {
    while (follower.parked("counting").size() != 1 || follower.parked("counting")[0].position != failed)
      std::this_thread::yield();
    counting_->fails_at = next;
    const SkippedEvent skipped{failed, stream_, {1}, "oscar", "it is known to be wrong"};
    ASSERT_TRUE(done_by([&](auto done) {
                  return running_->rebuilder.skip_parked("counting", skipped, std::move(done));
                }).has_value());
  }
  ASSERT_EQ(wait(follower, {"counting"}, world_.log.head()), WaitOutcome::reached);
  EXPECT_EQ(counted(*follower.rows("counting")), head() - 2);
}

TEST_F(ParkingTest, rows_that_are_made_anew_park_what_they_cannot_take) {
  start();
  poison();
  running_.reset();
  for (const auto& generation : world_.store.list())
    ASSERT_TRUE(world_.store.drop(*generation.table).has_value());
  auto& follower = start();
  ASSERT_EQ(follower.parked("counting").size(), 1U);
  EXPECT_EQ(counted(*follower.rows("counting")), head() - waiting());
}

}  // namespace
}  // namespace gatehouse
