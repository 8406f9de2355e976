#include "replay/stream_places.hpp"

#include "events/frame.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse::testing {
namespace {

TEST(StreamPlaces, are_those_that_counting_finds) {
  const World world(21);
  const auto events = all_events(world.log);
  for (const auto& account : world.story.accounts()) {
    for (std::uint64_t position = 0; position <= world.log.head().value + 1; ++position) {
      std::uint64_t counted = 0;
      for (const auto& event : events)
        counted += event.envelope.account_id == account && event.envelope.position.value <= position ? 1 : 0;
      ASSERT_EQ(version_at(world.log, account, {position}), counted) << position;
    }
    for (const auto& at : events) {
      std::uint64_t counted = 0;
      for (const auto& event : events)
        counted += event.envelope.account_id == account && event.envelope.recorded_at < at.envelope.recorded_at ? 1 : 0;
      ASSERT_EQ(version_before(world.log, account, at.envelope.recorded_at), counted);
    }
  }
  EXPECT_EQ(version_at(world.log, AccountId{"nobody"}, {5}), 0U);
  EXPECT_EQ(version_before(world.log, AccountId{"nobody"}, {5}), 0U);
}

}  // namespace
}  // namespace gatehouse::testing
