#include "transparency/tree_fold.hpp"

#include "table/memory_table.hpp"
#include "tests/transparency/tree_fixture.hpp"
#include "tests/transparency/whole_tree.hpp"

namespace gatehouse::transparency {
namespace {

void commit_heads(TreeFixture& fixture) {
  LogTree tree(fixture.parts(), {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(TreeFixture::commits_heads(tree, fixture.world.log.head()));
}

TEST(TreeFold, gives_the_same_rows_however_little_it_holds_in_memory) {
  // Given a log that commits to heads twice, and events after that
  TreeFixture fixture(11);
  commit_heads(fixture);
  fixture.world.story.go_on(60);
  commit_heads(fixture);
  fixture.world.story.go_on(40);
  const auto& log = fixture.world.log;
  // When it is folded with room for everything, and with hardly any
  constexpr TreeFoldLimits few{.leaves_max = 3, .accounts_max = 2};
  MemoryTable rows, rows_of_few;
  TreeFold fold(rows, log), fold_of_few(rows_of_few, log, few);
  for (const auto& event : stored_events(log)) {
    fold.add(rows, event);
    fold_of_few.add(rows_of_few, event);
    ASSERT_EQ(fold_of_few.pending(), fold.pending());
    ASSERT_EQ(fold_of_few.has_uncommitted(), fold.has_uncommitted());
  }
  fold.finish(rows);
  fold_of_few.finish(rows_of_few);
  // Then nothing differs, nor where it goes on from there
  EXPECT_TRUE(read<HeadsRow>(rows, keys::heads()).has_value());
  EXPECT_EQ(rows_of_few.rows(), rows.rows());
  EXPECT_GT(fold.pending(), few.leaves_max);
  const TreeFold resumed(rows_of_few, log, few);
  EXPECT_EQ(resumed.pending(), fold.pending());
  EXPECT_EQ(resumed.heads_now(rows_of_few).root, fold.heads_now(rows).root);
  EXPECT_EQ(resumed.heads_now(rows_of_few).accounts, fold.heads_now(rows).accounts);
}

}  // namespace
}  // namespace gatehouse::transparency
