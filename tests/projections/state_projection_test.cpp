#include "projections/state_projection.hpp"

#include <rapidcheck/gtest.h>

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

RC_GTEST_PROP(StateProjection, folds_the_log_into_the_state_that_was_decided_on, ()) {
  const StateProjection projection;
  const testing::FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  RC_ASSERT(testing::rows_of(projection, story.rows) == testing::rows_of(projection, *story.state));
}

TEST(StateProjection, refuses_an_event_that_it_cannot_know) {
  MemoryTable rows;
  RecordedEvent event;
  event.data = UnknownEvent{12'345, 1, {}, {}};
  EXPECT_THROW(StateProjection().apply(rows, event), BrokenRow);
}

}  // namespace
}  // namespace gatehouse
