#include "transparency/offline_tree.hpp"

#include <array>
#include <map>

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

}  // namespace
}  // namespace gatehouse::transparency
