// Commands, readers and waiters at once, while the tree grows and is stopped and started.
#include <thread>

#include "tests/transparency/tree_fixture.hpp"

namespace gatehouse::transparency {
namespace {

TEST(LogTreeConcurrency, readers_and_waiters_see_whole_trees_while_the_log_grows) {
  TreeFixture fixture(1, 100);
  for (int start = 0; start < 2; ++start) {
    LogTree tree(fixture.parts(), {.heads_interval = std::chrono::milliseconds(5)});
    ASSERT_TRUE(tree.start().has_value());
    std::atomic<bool> over{};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 2; ++reader) {
      readers.emplace_back([&] {
        while (!over) {
          const auto published = tree.published();
          if (!published || published->head().size == 0)
            continue;
          const auto last = published->prove({published->head().size});
          EXPECT_EQ(last.index + 1, published->head().size);
          EXPECT_FALSE(published->checkpoint().empty());
        }
      });
    }
    for (int round = 0; round < 5; ++round) {
      fixture.world.story.go_on(20);
      // Of an account: the log's last event may be a commitment, which no other one covers.
      const auto last = fixture.world.log.stream_head(fixture.world.story.accounts().front());
      EXPECT_TRUE(fixture.commits_heads(tree, last->position));
    }
    over = true;
    for (auto& reader : readers)
      reader.join();
  }
}

}  // namespace
}  // namespace gatehouse::transparency
