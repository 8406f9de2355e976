#include "transparency/offline_tree.hpp"

#include <array>
#include <map>

#include "tests/store/temporary_folder.hpp"
#include "tests/transparency/tree_fixture.hpp"
#include "tests/transparency/whole_tree.hpp"

namespace gatehouse::transparency {
namespace {

std::shared_ptr<ProjectionTable> table_of(ProjectionStore& store) {
  return store.find({std::string(tree_table), tree_table_version}, GenerationRole::active);
}

TEST(OfflineTree, is_the_same_without_rows_with_old_ones_and_with_all) {
  TreeFixture fixture(9);
  MemoryProjectionStore nothing;
  const auto expect_same = [&](ProjectionStore& store) {
    const auto tree = tree_of(fixture.world.log, store);
    ASSERT_TRUE(tree.has_value());
    expect_whole_tree(*tree, fixture.world.log);
    const auto verified = verify_tree(fixture.world.log, store);
    ASSERT_TRUE(verified.has_value()) << verified.error();
    EXPECT_EQ(verified->root, tree->head().root);
    const auto head = tree_head_of(fixture.world.log, store);
    ASSERT_TRUE(head.has_value()) << head.error();
    EXPECT_EQ(head->root, tree->head().root);
    EXPECT_EQ(head->size, tree->head().size);
  };
  expect_same(nothing);
  {
    LogTree tree(fixture.parts(), {});
    ASSERT_TRUE(tree.start().has_value());
    ASSERT_TRUE(fixture.commits_heads(tree, fixture.world.log.head()));
  }
  expect_same(fixture.world.store);
  fixture.world.story.go_on(60);
  expect_same(fixture.world.store);
  const auto signed_view = signed_tree(*tree_of(fixture.world.log, nothing), fixture.signer);
  EXPECT_EQ(tlog::is_signed_by(*tlog::parse_note(signed_view.checkpoint()), fixture.signer.verifier_key()), true);
}

TEST(OfflineTree, finds_every_row_that_was_changed) {
  TreeFixture fixture(10, 3'000);
  {
    LogTree tree(fixture.parts(), {});
    ASSERT_TRUE(tree.start().has_value());
    ASSERT_TRUE(fixture.commits_heads(tree, fixture.world.log.head()));
  }
  const auto table = table_of(fixture.world.store);
  std::map<std::string, std::string> rows;
  table->snapshot()->scan({}, [&](std::string_view key, std::string_view value) {
    rows.emplace(key, value);
    return true;
  });
  const auto write = [&](const std::string& key, std::optional<std::string> value) {
    const OverlayTable::Changes changes{{key, std::move(value)}};
    const std::array writes{ProjectionWrite{table.get(), &changes, table->snapshot()->checkpoint()}};
    ASSERT_TRUE(fixture.world.store.write(writes).has_value());
  };
  for (const auto& [key, value] : rows) {
    auto changed = value;
    changed[changed.size() / 2] ^= 4;
    for (const auto& other : {std::optional(changed), std::optional<std::string>()}) {
      write(key, other);
      const auto verified = verify_tree(fixture.world.log, fixture.world.store);
      EXPECT_FALSE(verified.has_value());
      if (key.starts_with('T') && !verified)
        EXPECT_TRUE(verified.error().starts_with("position ")) << verified.error();
    }
    write(key, value);
  }
  EXPECT_TRUE(verify_tree(fixture.world.log, fixture.world.store).has_value());
}

TEST(OfflineTree, holds_no_more_in_memory_than_it_is_told) {
  TreeFixture fixture(9);
  {
    LogTree tree(fixture.parts(), {});
    ASSERT_TRUE(tree.start().has_value());
    ASSERT_TRUE(fixture.commits_heads(tree, fixture.world.log.head()));
  }
  const auto& log = fixture.world.log;
  const auto& store = fixture.world.store;
  const MemoryProjectionStore nothing;
  const ::gatehouse::testing::TemporaryFolder parent;
  const ScratchSpace little{.parent = parent.path(), .memory_bytes_max = 1'024};
  const ScratchSpace little_and_no_disk{.parent = "/proc/nowhere", .memory_bytes_max = 1'024};
  const ScratchSpace no_disk{.parent = "/proc/nowhere"};

  EXPECT_EQ(verify_tree(log, store, little)->root, verify_tree(log, store)->root);
  {
    const auto tree = tree_of(log, nothing, little);
    ASSERT_TRUE(tree.has_value());
    expect_whole_tree(*tree, log);
    EXPECT_TRUE(tree->heads().has_value());
    EXPECT_FALSE(std::filesystem::is_empty(parent.path()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
  EXPECT_THROW((void)verify_tree(log, store, little_and_no_disk), ScratchFailed);
  EXPECT_THROW((void)tree_of(log, nothing, little_and_no_disk), ScratchFailed);
  EXPECT_TRUE(verify_tree(log, store, no_disk).has_value()) << "small logs need no disk";
  EXPECT_TRUE(tree_of(log, store, little_and_no_disk).has_value()) << "hardly anything is to be added";

  const auto table = table_of(fixture.world.store);
  const OverlayTable::Changes changes{{keys::account_frontier(AccountId("nobody")), "x"}};
  const std::array writes{ProjectionWrite{table.get(), &changes, table->snapshot()->checkpoint()}};
  ASSERT_TRUE(fixture.world.store.write(writes).has_value());
  EXPECT_FALSE(verify_tree(log, store, little).has_value());
}

TEST(OfflineTree, says_when_rows_are_ahead_of_the_log) {
  TreeFixture fixture(9), longer(9);
  longer.world.story.go_on(20);
  LogTree tree(longer.parts(), {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(longer.commits_heads(tree, longer.world.log.head()));
  tree.stop();
  ASSERT_GT(longer.world.log.head(), fixture.world.log.head());
  const auto verified = verify_tree(fixture.world.log, longer.world.store);
  ASSERT_FALSE(verified.has_value());
  EXPECT_NE(verified.error().find("ahead of the log"), std::string::npos) << verified.error();
  EXPECT_FALSE(tree_head_of(fixture.world.log, longer.world.store).has_value());
}

}  // namespace
}  // namespace gatehouse::transparency
