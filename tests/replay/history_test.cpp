#include "replay/history.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "replay/build_generations.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using testing::World;

struct IndexedWorld : World {
  explicit IndexedWorld(std::uint64_t seed) : World(seed, 200) {
    const auto built = build_generations(log, store, {std::make_shared<AuditProjection>()}, {});
    audit = built.front().table->snapshot();
  }
  [[nodiscard]] AuditRows audit_rows() const { return {*audit, audit->checkpoint()}; }

  std::shared_ptr<const ProjectionSnapshot> audit;
};

template <class T>
std::optional<T> maybe(const std::vector<T>& values) {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *rc::gen::elementOf(values);
}

RC_GTEST_PROP(History, finds_what_a_look_at_every_event_finds, ()) {
  const IndexedWorld world(*rc::gen::arbitrary<std::uint64_t>());
  const auto events = testing::all_events(world.log);
  std::vector<Timestamp> times;
  for (const auto& event : events) times.push_back(event.envelope.recorded_at);
  HistoryQuery query{.stream = *rc::gen::elementOf(world.story.accounts())};
  query.filter.app_id = maybe(world.story.apps());
  query.filter.actor_id = maybe<std::string>({"owner", "user-1"});
  query.filter.type = maybe<std::uint32_t>({300, 500});
  query.from = maybe(times);
  query.to = maybe(times);
  query.after = Position{*rc::gen::inRange<std::uint64_t>(0, events.size() + 5)};
  query.version_max = *rc::gen::inRange<std::uint64_t>(0, events.size());
  query.events_max = *rc::gen::inRange<std::size_t>(1, 30);

  std::vector<std::uint64_t> expected;
  for (const auto& event : events) {
    const auto& envelope = event.envelope;
    const bool in_time = (!query.from || envelope.recorded_at >= *query.from) && (!query.to || envelope.recorded_at < *query.to);
    const bool in_range = envelope.position > query.after && envelope.account_version <= query.version_max;
    if (envelope.account_id == query.stream && in_range && in_time && matches(query.filter, event)) {
      expected.push_back(envelope.position.value);
    }
  }
  std::vector<std::uint64_t> found;
  for (;;) {
    const auto page = history_page(world.log, world.audit_rows(), query);
    RC_ASSERT(page.has_value());
    RC_ASSERT(page->events.size() <= query.events_max);
    for (const auto& event : page->events) found.push_back(event.envelope.position.value);
    if (page->at_end) break;
    RC_ASSERT(page->scanned_to > query.after_version);
    query.after_version = page->scanned_to;
  }
  RC_ASSERT(found == expected);
}

TEST(History, of_a_stream_that_does_not_exist_is_empty) {
  const IndexedWorld world(1);
  HistoryQuery query{.stream = AccountId{"nobody"}};
  auto page = history_page(world.log, world.audit_rows(), query);
  ASSERT_TRUE(page.has_value());
  EXPECT_TRUE(page->events.empty() && page->at_end);
  query.filter.type = 300;
  page = history_page(world.log, world.audit_rows(), query);
  EXPECT_TRUE(page->events.empty() && page->at_end);
}

TEST(History, with_a_filter_goes_as_far_as_the_index) {
  IndexedWorld world(2);
  const auto indexed = world.audit->checkpoint();
  world.story.go_on(100);
  HistoryQuery query{.stream = world.story.accounts().front(), .events_max = 10'000};
  query.filter.actor_id = "owner";
  const auto page = history_page(world.log, world.audit_rows(), query);
  ASSERT_FALSE(page->events.empty());
  EXPECT_LE(page->events.back().envelope.position, indexed);
  EXPECT_TRUE(page->at_end);
  query.filter = {};
  EXPECT_GT(history_page(world.log, world.audit_rows(), query)->events.back().envelope.position, indexed);
}

}  // namespace
}  // namespace gatehouse
