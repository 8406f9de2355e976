#include "replay/build_generations.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "tests/replay/test_projections.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using testing::CountingProjection;
using testing::World;

RC_GTEST_PROP(BuildGenerations, gives_the_rows_of_a_plain_fold_whatever_the_memory, ()) {
  World world(*rc::gen::arbitrary<std::uint64_t>(), 80);
  const auto projections = all_projections();
  const auto memory = *rc::gen::element<std::size_t>(0, 1'000, 20'000, 100U << 20);
  for (const auto& built : build_generations(world.log, world.store, projections, {.memory_bytes_max = memory})) {
    RC_ASSERT(built.table != nullptr);
    const auto rows = built.table->snapshot();
    RC_ASSERT(rows->checkpoint() == world.log.head());
    RC_ASSERT(testing::rows_of(*built.projection, *rows) == testing::folded_rows(*built.projection, world.log));
  }
}

TEST(BuildGenerations, leaves_alone_what_is_in_use) {
  World world(1, 50);
  const auto counting = std::make_shared<CountingProjection>();
  const auto first = build_generations(world.log, world.store, {counting}, {}).front().table;
  ASSERT_TRUE(put_in_place(world.store, *first).has_value());
  const auto second = build_generations(world.log, world.store, {counting}, {}).front().table;
  EXPECT_EQ(world.store.find({"counting", 1}, GenerationRole::active), first);
  ASSERT_TRUE(put_in_place(world.store, *second).has_value());
  EXPECT_EQ(world.store.find({"counting", 1}, GenerationRole::active), second);
  EXPECT_EQ(world.store.list().size(), 1U);
}

TEST(BuildGenerations, one_that_fails_does_not_keep_the_others_from_their_rows) {
  World world(1, 50);
  const auto good = std::make_shared<CountingProjection>("good");
  const auto bad = std::make_shared<CountingProjection>("bad");
  bad->fails_at = 20;
  const auto built = build_generations(world.log, world.store, {bad, good}, {});
  EXPECT_EQ(built[0].table, nullptr);
  EXPECT_EQ(built[0].failure->position.value, 20U);
  ASSERT_NE(built[1].table, nullptr);
  EXPECT_EQ(testing::counted(*built[1].table->snapshot()), world.log.head().value);
  EXPECT_EQ(world.store.list().size(), 1U) << "the table of the failed one is still there";
}

TEST(BuildGenerations, can_be_called_off) {
  World world(1, 50);
  const std::atomic<bool> cancelled{true};
  const auto built =
      build_generations(world.log, world.store, {std::make_shared<CountingProjection>()}, {.cancelled = &cancelled});
  EXPECT_EQ(built[0].failure->reason, "cancelled");
  EXPECT_TRUE(world.store.list().empty());
}

TEST(BuildGenerations, tells_how_far_it_is) {
  World world(1, 50);
  WorkProgress last;
  (void)build_generations(world.log, world.store, {std::make_shared<CountingProjection>()},
                          {.progress = [&](const WorkProgress& progress) { last = progress; }});
  EXPECT_EQ(last.done, world.log.head().value);
  EXPECT_EQ(last.total, world.log.head().value);
}

}  // namespace
}  // namespace gatehouse
