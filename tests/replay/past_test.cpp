// As of any event, the past shows what a replay up to there gives, byte for byte.
#include "projections/past.hpp"

#include <rapidcheck/gtest.h>

#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/notifications.hpp"
#include "projections/requests.hpp"
#include "projections/state_projection.hpp"
#include "projections/webhooks.hpp"
#include "tests/replay/world.hpp"
#include "tests/table/scan_rows.hpp"

namespace gatehouse::testing {
namespace {

ProjectionSet parts_of_the_past() {
  return {std::make_shared<StateProjection>(),     std::make_shared<CatalogueProjection>(),
          std::make_shared<InboxProjection>(),     std::make_shared<RequestsProjection>(),
          std::make_shared<ApprovalsProjection>(), std::make_shared<NotificationsProjection>(),
          std::make_shared<WebhooksProjection>()};
}

RC_GTEST_PROP(Past, equals_a_replay_up_to_any_event, ()) {
  const World world(*rc::gen::arbitrary<std::uint64_t>(), 120);
  const auto events = all_events(world.log);
  const auto past = std::make_shared<MemoryTable>();
  const PastProjection projection;
  for (const auto& event : events)
    projection.apply(*past, event);
  for (const auto& part : parts_of_the_past()) {
    MemoryTable replayed;
    const auto compare = [&](Position position) {
      const auto seen = past_rows(past, part->name(), position);
      RC_ASSERT(seen != nullptr);
      RC_ASSERT(scan_rows(*seen, {}) == scan_rows(replayed, {}));
      for (const auto& [key, value] : replayed.rows())
        RC_ASSERT(seen->get(key) == value);
    };
    compare({0});
    const auto stride = *rc::gen::inRange<std::uint64_t>(7, 23);
    for (const auto& event : events) {
      part->apply(replayed, event);
      if (event.envelope.position.value % stride == 0 || event.envelope.position == world.log.head())
        compare(event.envelope.position);
    }
  }
}

TEST(Past, is_not_kept_of_what_only_grows) {
  EXPECT_EQ(past_rows(std::make_shared<MemoryTable>(), "audit", {1}), nullptr);
}

}  // namespace
}  // namespace gatehouse::testing
