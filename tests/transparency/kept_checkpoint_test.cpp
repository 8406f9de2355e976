// What was published, over restarts: with a log that is the same, one that is not, and a disk that fails.
#include "transparency/kept_checkpoint.hpp"

#include <fstream>

#include "tests/store/fake_disk.hpp"
#include "tests/store/temporary_folder.hpp"
#include "tests/transparency/scripted_cosigner.hpp"
#include "tests/transparency/tree_fixture.hpp"
#include "tests/transparency/whole_tree.hpp"
#include "tlog/checkpoint.hpp"

namespace gatehouse::transparency {
namespace {

struct KeptCheckpointTest : ::testing::Test {
  // A run of the server: the tree, until `looked` returns.
  template <class Look>
  void run(TreeFixture& fixture, Cosigner* cosigner, const Look& look) {
    auto parts = fixture.parts();
    parts.cosigner = cosigner;
    parts.kept = &kept;
    LogTree tree(parts, {.report = [&](std::string_view text) { reports.emplace_back(text); }});
    ASSERT_TRUE(tree.start().has_value());
    look(tree);
    tree.stop();
  }
  void publish_once(TreeFixture& fixture) {
    run(fixture, nullptr, [&](LogTree& tree) { ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head())); });
  }
  static void wait_for_failure(const LogTree& tree) {
    for (int wait = 0; wait < 1'000 && tree.failure().empty(); ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  [[nodiscard]] std::string text() const {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }

  ::gatehouse::testing::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "checkpoint";
  std::shared_ptr<::gatehouse::testing::FakeDisk> disk = std::make_shared<::gatehouse::testing::FakeDisk>();
  KeptCheckpoint kept{disk, file};
  std::vector<std::string> reports;
};

TEST_F(KeptCheckpointTest, is_published_again_while_nobody_cosigns_what_came_since) {
  TreeFixture fixture(21, 700);
  ScriptedCosigner witnesses;
  witnesses.enough = true;
  std::string before;
  run(fixture, &witnesses, [&](LogTree& tree) {
    ASSERT_TRUE(fixture.commits_heads(tree, fixture.world.log.head()));
    before = tree.published()->checkpoint();
    EXPECT_EQ(text(), before);
  });
  witnesses.enough = false;
  run(fixture, &witnesses, [&](LogTree& tree) {
    fixture.world.story.go_on(600);
    witnesses.wait_for_size(fixture.world.log.head().value);
    const auto published = tree.published();
    ASSERT_NE(published, nullptr);
    EXPECT_EQ(published->checkpoint(), before);
    EXPECT_TRUE(fixture.lacks_cosignatures(tree));
    expect_whole_tree(*published, fixture.world.log);
    EXPECT_TRUE(published->heads().has_value());
    const auto size = published->head().size;
    EXPECT_FALSE(published->tile({0, size / 256, size % 256 + 1}).has_value()) << "more than was published";
    EXPECT_TRUE(published->tile({0, size / 256, size % 256}).has_value());
    const auto proof = published->prove({7});
    const auto leaf = leaf_of(fixture.world.log.read({6}, 1).events.front());
    EXPECT_TRUE(tlog::proves_inclusion(proof.path, proof.index, leaf, size, published->head().root));
  });
  run(fixture, &witnesses, [&](LogTree& tree) {
    ASSERT_TRUE(fixture.reaches(tree, Position{1}));
    EXPECT_EQ(tree.published()->checkpoint(), before) << "the tree is larger than what was published";
    witnesses.enough = true;
    EXPECT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
    EXPECT_EQ(text(), tree.published()->checkpoint());
  });
  EXPECT_TRUE(reports.empty()) << reports.front();
}

TEST_F(KeptCheckpointTest, never_goes_back_when_the_rows_are_behind_it) {
  TreeFixture fixture(22, 300);
  publish_once(fixture);
  MemoryProjectionStore lost;
  const auto parts = fixture.parts();
  LogTree tree({parts.log, lost, parts.commands, parts.signer, nullptr, &kept}, {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.reaches(tree, Position{}));
  EXPECT_EQ(tree.published()->head().size, fixture.world.log.head().value);
}

TEST_F(KeptCheckpointTest, is_not_served_by_a_log_that_was_put_back) {
  TreeFixture fixture(23, 100), earlier(23, 60);
  const auto published = fixture.world.log.head();
  publish_once(fixture);
  earlier.signer = fixture.signer;
  const auto before = text();
  run(earlier, nullptr, [&](LogTree& tree) {
    wait_for_failure(tree);
    EXPECT_EQ(tree.published(), nullptr);
    EXPECT_EQ(tree.failure().find("a checkpoint of " + std::to_string(published.value) +
                                  " events was published, and the log has only " +
                                  std::to_string(earlier.world.log.head().value)),
              0U)
        << tree.failure();
  });
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports.front().find("nothing more is published of the log: "), 0U);
  EXPECT_EQ(text(), before);
}

TEST_F(KeptCheckpointTest, is_not_served_by_another_log) {
  TreeFixture fixture(24, 60), other(25, 100);
  publish_once(fixture);
  other.signer = fixture.signer;
  run(other, nullptr, [&](LogTree& tree) {
    wait_for_failure(tree);
    EXPECT_EQ(tree.published(), nullptr);
    EXPECT_NE(tree.failure().find("are not those of the checkpoint that was published"), std::string::npos);
    EXPECT_NE(tree.failure().find("older backup"), std::string::npos);
  });
}

TEST_F(KeptCheckpointTest, of_another_key_or_origin_is_told_and_stays_until_it_is_moved_away) {
  TreeFixture fixture(26, 60);
  publish_once(fixture);
  const auto before = text();
  for (const auto* origin : {"log.example", "renamed.example"}) {
    fixture.signer = make_log_signer(origin, identity::SigningKey::generate());
    run(fixture, nullptr, [&](LogTree& tree) {
      wait_for_failure(tree);
      EXPECT_EQ(tree.published(), nullptr);
      const std::string told = origin == std::string("log.example") ? " was signed by another key of log.example"
                                                                    : " was published as log.example, ";
      EXPECT_NE(tree.failure().find(told), std::string::npos) << tree.failure();
    });
    ASSERT_EQ(reports.size(), 1U);
    reports.clear();
    EXPECT_EQ(text(), before);
  }
  std::filesystem::rename(file, folder.path() / "moved away");
  publish_once(fixture);
  EXPECT_TRUE(reports.empty()) << reports.front();
  EXPECT_EQ(is_signed_by(*tlog::parse_note(text()), fixture.signer.verifier_key()), true);
}

TEST_F(KeptCheckpointTest, that_is_damaged_is_told_and_replaced) {
  TreeFixture fixture(29, 60);
  publish_once(fixture);
  auto spoilt = text();
  spoilt[spoilt.size() - 10] = spoilt[spoilt.size() - 10] == 'A' ? 'B' : 'A';
  for (const auto& damaged : {std::string(), spoilt}) {
    std::ofstream(file, std::ios::trunc) << damaged;
    publish_once(fixture);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_NE(reports.front().find(" is damaged. "), std::string::npos) << reports.front();
    reports.clear();
    EXPECT_EQ(is_signed_by(*tlog::parse_note(text()), fixture.signer.verifier_key()), true);
  }
}

TEST_F(KeptCheckpointTest, comes_before_what_is_published_where_witnesses_cosign) {
  TreeFixture fixture(27, 60);
  ScriptedCosigner witnesses;
  witnesses.enough = true;
  disk->syncs_fail = true;
  run(fixture, &witnesses, [&](LogTree& tree) {
    witnesses.wait_for_size(fixture.world.log.head().value);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(tree.published(), nullptr);
    EXPECT_FALSE(std::filesystem::exists(file));
  });
  disk->syncs_fail = false;
  run(fixture, &witnesses, [&](LogTree& tree) { EXPECT_TRUE(fixture.reaches(tree, fixture.world.log.head())); });
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_NE(reports.front().find("a checkpoint cannot be kept: "), std::string::npos);
}

TEST_F(KeptCheckpointTest, does_not_hold_up_a_log_without_witnesses) {
  TreeFixture fixture(28, 60);
  disk->writes_fail = true;
  run(fixture, nullptr, [&](LogTree& tree) { EXPECT_TRUE(fixture.reaches(tree, fixture.world.log.head())); });
  disk->writes_fail = false;
  publish_once(fixture);
  EXPECT_EQ(reports.size(), 1U);
  EXPECT_FALSE(text().empty());
}

}  // namespace
}  // namespace gatehouse::transparency
