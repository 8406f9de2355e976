// Rows that lack events on purpose, because one was skipped or a stream is parked: that they are proven for what they are, and made again without the same.
#include "replay/left_out.hpp"

#include <gmock/gmock.h>

#include <future>

#include "projections/requests.hpp"
#include "replay/make_anew.hpp"
#include "replay/verify.hpp"
#include "tests/replay/running_follower.hpp"
#include "tests/replay/test_projections.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using testing::FailingProjection;
using ::testing::HasSubstr;
using testing::RunningFollower;
using testing::wait;
using testing::World;

constexpr std::size_t memory = 64U << 20;

// A follower that has met an event of an account which its projection cannot take, stopped.
class LeftOutBy {
 public:
  LeftOutBy(std::uint64_t seed, const std::shared_ptr<const Projection>& inner)
      : world(seed, 0), failing(std::make_shared<FailingProjection>(inner)) {
    World twin(seed, 120);
    failing->fails_at = testing::position_where(
                            twin.log, [](const auto& event) { return !is_platform_stream(event.envelope.account_id); },
                            Position{twin.log.head().value / 2})
                            .value;
    follow([](Rebuilder&) {});
    world.story.go_on(120);
    follow([](Rebuilder&) {});
    const auto event = testing::all_events(world.log)[failing->fails_at - 1].envelope;
    stream = event.account_id;
    skipped = {event.position, stream, {1}, "oscar", "it is known to be wrong"};
  }
  void follow(const std::function<void(Rebuilder&)>& act) {
    RunningFollower running(world.log, world.store, {failing}, {});
    EXPECT_EQ(wait(running.follower, {failing->name()}, world.log.head()), WaitOutcome::reached);
    act(running.rebuilder);
  }
  void skip() {
    follow([this](Rebuilder& rebuilder) {
      std::promise<void> told;
      EXPECT_TRUE(rebuilder
                      .skip_parked(failing->name(), skipped,
                                   [&](auto done) {
                                     EXPECT_TRUE(done.has_value());
                                     told.set_value();
                                   })
                      .has_value());
      told.get_future().wait();
      while (testing::status_of(rebuilder, failing->name()).parked > 0 ||
             testing::status_of(rebuilder, failing->name()).rebuild)
        std::this_thread::yield();
    });
  }
  [[nodiscard]] std::shared_ptr<ProjectionTable> table(GenerationRole role = GenerationRole::active) const {
    return world.store.find(id_of(*failing), role);
  }
  [[nodiscard]] std::vector<std::string> rows() const { return testing::rows_of(*failing, *table()->snapshot()); }
  void plant(ProjectionTable& rows, const std::string& key, const std::string& value) {
    const OverlayTable::Changes changes{{key, value}};
    const ProjectionWrite write{&rows, &changes, rows.snapshot()->checkpoint()};
    ASSERT_TRUE(world.store.write({&write, 1}).has_value());
  }
  // Of the projection, as a program proves it whose logic would take the event.
  std::vector<VerifiedProjection> verify() {
    const auto fails_at = failing->fails_at.exchange(0);
    MemoryProjectionStore scratch;
    auto verified = verify_projections(world.log, world.store, scratch, {failing}, {.memory_bytes_max = memory});
    failing->fails_at = fails_at;
    verified.erase(verified.begin());  // the state
    return verified;
  }

  World world;
  std::shared_ptr<FailingProjection> failing;
  AccountId stream;
  SkippedEvent skipped;
};

TEST(LeftOut, rows_of_every_projection_are_proven_without_what_is_parked_or_was_skipped) {
  std::uint64_t seed = 60;
  for (const auto& projection : all_projections()) {
    SCOPED_TRACE(projection->name());
    LeftOutBy scene(++seed, projection);
    const auto parked = scene.verify().front();
    EXPECT_EQ(parked.verdict, RowsVerdict::as_folded) << to_text(parked);
    ASSERT_EQ(parked.left_out.parked.size(), 1U);
    EXPECT_EQ(parked.left_out.parked.front().stream, scene.stream);
    EXPECT_EQ(parked.rows_of_parked, 0U);
    EXPECT_THAT(to_text(parked), HasSubstr("without the events of " + scene.stream.value + " from "));
    scene.skip();
    for (const auto& verified : scene.verify()) {
      EXPECT_EQ(verified.verdict, RowsVerdict::as_folded) << to_text(verified);
      EXPECT_EQ(verified.is_kept, !verified.left_out.parked.empty())
          << "what the skip has replaced still holds it back";
    }
    EXPECT_THAT(to_text(scene.verify().front()),
                HasSubstr("without event " + std::to_string(scene.failing->fails_at) + " of "));
  }
}

TEST(LeftOut, a_row_that_a_parked_stream_wrote_proves_nothing_and_any_other_does) {
  LeftOutBy scene(5, std::make_shared<RequestsProjection>());
  std::string of_parked, of_another;
  scene.table()->snapshot()->scan({}, [&](std::string_view key, std::string_view) {
    (key.find(scene.stream.value + std::string(1, '\0')) != std::string_view::npos ? of_parked : of_another) = key;
    return true;
  });
  ASSERT_FALSE(of_parked.empty());
  ASSERT_FALSE(of_another.empty());
  scene.plant(*scene.table(), of_parked, ")");
  auto verified = scene.verify().front();
  EXPECT_EQ(verified.verdict, RowsVerdict::as_folded) << to_text(verified);
  EXPECT_EQ(verified.rows_of_parked, 1U);
  EXPECT_THAT(to_text(verified), HasSubstr("1 rows that it wrote differ"));
  scene.plant(*scene.table(), of_another, ")");
  verified = scene.verify().front();
  EXPECT_EQ(verified.verdict, RowsVerdict::differ);
  EXPECT_THAT(verified.problem, HasSubstr("stored: "));
}

TEST(LeftOut, rows_made_anew_on_a_stopped_log_lack_what_those_before_them_lacked) {
  LeftOutBy scene(7, std::make_shared<RequestsProjection>());
  const auto anew = [&] {
    auto made = make_anew(scene.world.log, scene.world.store, {scene.failing}, memory, {});
    EXPECT_EQ(made.front().failure, "");
    EXPECT_EQ(made.front().position, scene.world.log.head());
    return std::move(made.front().left_out);
  };
  const auto still = anew();
  ASSERT_EQ(still.parked.size(), 1U);
  EXPECT_GE(still.parked.front().attempt_count, 2U) << "the attempts before are remembered";
  scene.skip();
  const auto before = scene.rows();
  scene.failing->fails_at = 0;
  const auto left_out = anew();
  ASSERT_EQ(left_out.skipped.size(), 1U);
  EXPECT_EQ(left_out.skipped.front().position, scene.skipped.position);
  EXPECT_EQ(scene.rows(), before);
  EXPECT_EQ(scene.verify().front().verdict, RowsVerdict::as_folded);
}

TEST(LeftOut, where_there_are_no_rows_the_log_says_what_was_skipped) {
  LeftOutBy scene(9, std::make_shared<RequestsProjection>());
  for (const std::uint32_t version : {scene.failing->version(), scene.failing->version() + 1}) {
    Submission submission;
    submission.account_id = catalogue_stream;
    submission.caller = {.type = ActorType::system, .id = "operations"};
    submission.commands.push_back(SkipParkedEvent{std::string(scene.failing->name()), version, scene.stream,
                                                  scene.skipped.position.value + version - scene.failing->version(),
                                                  "oscar", "it is wrong"});
    ASSERT_TRUE(std::holds_alternative<Committed>(scene.world.story.send(std::move(submission))));
  }
  scene.skip();
  const auto before = scene.rows();
  for (const auto& generation : scene.world.store.list())
    ASSERT_TRUE(scene.world.store.drop(*generation.table).has_value());
  const auto skips = skips_recorded_in(scene.world.log, *scene.failing);
  ASSERT_EQ(skips.size(), 1U) << "that of another version is tried again";
  EXPECT_EQ(skips.front().position, scene.skipped.position);
  scene.failing->fails_at = 0;
  scene.follow([](Rebuilder&) {});
  EXPECT_EQ(scene.rows(), before);
}

}  // namespace
}  // namespace gatehouse
