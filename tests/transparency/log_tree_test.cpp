#include "transparency/log_tree.hpp"

#include <map>

#include "events/codec.hpp"
#include "events/frame.hpp"
#include "identity/base64.hpp"
#include "tests/transparency/scripted_cosigner.hpp"
#include "tests/transparency/tree_fixture.hpp"
#include "tests/transparency/whole_tree.hpp"
#include "tlog/checkpoint.hpp"

namespace gatehouse::transparency {
namespace {

using tlog::Frontier;

TEST(LogTree, is_the_rfc_6962_tree_over_the_log_and_is_signed) {
  TreeFixture fixture(1);
  LogTree tree(fixture.parts(), {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  const auto published = tree.published();
  ASSERT_GT(published->head().size, 150U);
  expect_whole_tree(*published, fixture.world.log);
  const auto note = tlog::parse_note(published->checkpoint());
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(tlog::is_signed_by(*note, fixture.signer.verifier_key()), true);
  const auto checkpoint = tlog::parse_checkpoint(note->text);
  ASSERT_TRUE(checkpoint.has_value());
  EXPECT_EQ(checkpoint->origin, "log.example");
  EXPECT_EQ(checkpoint->head.root, published->head().root);
  EXPECT_EQ(checkpoint->head.size, published->head().size);
}

TEST(LogTree, serves_every_tile_and_every_entry_at_its_size) {
  TreeFixture fixture(2, 4'000);
  LogTree tree(fixture.parts(), {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  const auto published = tree.published();
  const auto events = stored_events(fixture.world.log);
  ASSERT_GT(events.size(), 600U);
  std::string leaves, entries;
  Frontier upper;
  for (std::uint64_t tile = 0; tile * tlog::tile_width < events.size(); ++tile) {
    const auto width = std::min<std::uint64_t>(tlog::tile_width, events.size() - tile * tlog::tile_width);
    const auto hashes = published->tile({0, tile, width});
    const auto bundle = published->tile({std::nullopt, tile, width});
    ASSERT_TRUE(hashes && bundle);
    EXPECT_EQ(hashes->size(), 32 * width);
    EXPECT_EQ(bundle->size(), (2 + entry_bytes) * width);
    EXPECT_EQ(published->tile({0, tile, 1}), hashes->substr(0, 32)) << "a partial tile of an earlier size";
    leaves += *hashes;
    entries += *bundle;
    if (width == tlog::tile_width) {
      Frontier full;
      for (std::size_t place = 0; place < hashes->size(); place += 32)
        full.append(*tlog::as_hash(std::string_view(*hashes).substr(place, 32)));
      EXPECT_EQ(published->tile({1, 0, tile + 1})->substr(32 * tile), tlog::as_bytes(full.root()));
    } else {
      EXPECT_FALSE(published->tile({0, tile, width + 1}).has_value()) << "more than there is";
    }
  }
  for (std::size_t index = 0; index < events.size(); ++index) {
    EXPECT_EQ(leaves.substr(32 * index, 32), tlog::as_bytes(leaf_of(events[index])));
    EXPECT_EQ(entries.substr(42 * index, 42),
              std::string("\0\x28", 2) + entry_of(events[index].position, events[index].frame));
  }
  EXPECT_FALSE(published->tile({2, 0, 1}).has_value());
  EXPECT_FALSE(published->tile({63, 0, 1}).has_value());
  EXPECT_FALSE(published->tile({0, UINT64_MAX, 1}).has_value());
}

TEST(LogTree, proves_every_event_and_that_it_only_grows) {
  TreeFixture fixture(3, 300);
  LogTree tree(fixture.parts(), {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  const auto published = tree.published();
  const auto [size, root] = published->head();
  for (const auto& event : stored_events(fixture.world.log)) {
    const auto proof = published->prove(event.position);
    EXPECT_EQ(proof.index, event.position.value - 1);
    EXPECT_EQ(proof.checkpoint, published->checkpoint());
    EXPECT_TRUE(tlog::proves_inclusion(proof.path, proof.index, leaf_of(event), size, root));
  }
  for (std::uint64_t earlier = 0; earlier <= size; earlier += 17) {
    EXPECT_TRUE(tlog::proves_consistency(published->consistency_from(earlier), head_of(fixture.world.log, earlier),
                                         published->head()));
  }
}

// What an auditor does: his own frames and the proof, nothing else.
void expect_complete(const TreeView& tree, const EventLog& log, const AccountId& account) {
  const auto proof = tree.completeness(account);
  ASSERT_TRUE(proof.has_value());
  Frontier own;
  for (const auto& event : log.read_stream(account, 0, proof->head.version).events)
    own.append(tlog::leaf_hash(event.frame));
  EXPECT_EQ(own.size(), proof->head.version);
  EXPECT_EQ(own.root(), proof->head.root);

  const auto event = decode_frame(proof->heads.extra);
  ASSERT_TRUE(event.has_value());
  const auto& heads = std::get<AccountHeadsCommitted>(*event->known());
  EXPECT_EQ(tlog::to_base64(root_by(account, proof->head, proof->siblings)), heads.root);
  EXPECT_EQ(heads.through, proof->through.value);
  const auto leaf = tlog::leaf_hash(entry_of(event->envelope.position, proof->heads.extra));
  EXPECT_TRUE(tlog::proves_inclusion(proof->heads.path, proof->heads.index, leaf, tree.head().size, tree.head().root));
}

TEST(LogTree, proves_to_each_account_that_its_history_is_complete) {
  TreeFixture fixture(4);
  LogTree tree(fixture.parts(), {});
  ASSERT_TRUE(tree.start().has_value());
  for (int round = 0; round < 3; ++round) {
    const auto head = fixture.world.log.head();
    ASSERT_TRUE(fixture.commits_heads(tree, head));
    const auto published = tree.published();
    EXPECT_GE(published->heads()->through, head.value);
    for (const auto& account : fixture.world.story.accounts())
      expect_complete(*published, fixture.world.log, account);
    expect_complete(*published, fixture.world.log, catalogue_stream);
    EXPECT_FALSE(published->completeness(AccountId{"nobody"}).has_value());
    fixture.world.story.go_on(50);
  }
}

TEST(LogTree, commits_nothing_when_nothing_but_commitments_happened) {
  TreeFixture fixture(5, 50);
  LogTree tree(fixture.parts(), {.heads_interval = std::chrono::milliseconds(1)});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.commits_heads(tree, fixture.world.log.head()));
  const auto head = fixture.world.log.head();
  EXPECT_TRUE(fixture.commits_heads(tree, Position{tree.published()->heads()->through}));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(fixture.world.log.head(), head);
}

TEST(LogTree, goes_on_after_a_restart_and_gives_the_same_rows_from_nothing) {
  TreeFixture fixture(6);
  for (int start = 0; start < 3; ++start) {
    LogTree tree(fixture.parts(), {});
    ASSERT_TRUE(tree.start().has_value());
    fixture.world.story.go_on(80);
    ASSERT_TRUE(fixture.commits_heads(tree, fixture.world.log.head()));
    fixture.world.story.go_on(20);
    ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
    expect_whole_tree(*tree.published(), fixture.world.log);
  }
  MemoryProjectionStore other;
  LogTree again({fixture.world.log, other, fixture.commands, fixture.signer}, {});
  ASSERT_TRUE(again.start().has_value());
  ASSERT_TRUE(fixture.reaches(again, fixture.world.log.head()));
  again.stop();
  const auto rows = [](ProjectionStore& store) {
    std::map<std::string, std::string> all;
    const auto table = store.find({std::string(tree_table), tree_table_version}, GenerationRole::active);
    table->snapshot()->scan({}, [&](std::string_view key, std::string_view value) {
      all.emplace(key, value);
      return true;
    });
    return all;
  };
  EXPECT_EQ(rows(other), rows(fixture.world.store));
}

TEST(LogTree, grows_no_more_when_the_log_commits_to_other_heads_than_it_has) {
  TreeFixture fixture(7, 50);
  Submission lie;
  lie.account_id = catalogue_stream;
  lie.caller = {.type = ActorType::system, .id = "liar"};
  lie.commands.push_back(
      CommitAccountHeads{fixture.world.log.head().value, 3, tlog::to_base64(tlog::leaf_hash("lie"))});
  const auto before = fixture.world.log.head();
  ASSERT_TRUE(std::holds_alternative<Committed>(fixture.world.story.send(std::move(lie))));
  std::string incident;
  LogTree tree(fixture.parts(), {.report = [&](std::string_view text) { incident = text; }});
  ASSERT_TRUE(tree.start().has_value());
  for (int wait = 0; wait < 1'000 && tree.failure().empty(); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_NE(tree.failure().find("event " + std::to_string(before.value + 1)), std::string::npos) << tree.failure();
  tree.stop();
  EXPECT_NE(incident.find(tree.failure()), std::string::npos);
}

TEST(LogTree, publishes_nothing_that_lacks_cosignatures_and_tries_again) {
  TreeFixture fixture(8, 50);
  ScriptedCosigner witnesses;
  auto parts = fixture.parts();
  parts.cosigner = &witnesses;
  LogTree tree(parts, {});
  ASSERT_TRUE(tree.start().has_value());
  witnesses.wait_for_size(fixture.world.log.head().value);
  EXPECT_EQ(tree.published(), nullptr);
  EXPECT_TRUE(fixture.lacks_cosignatures(tree));
  EXPECT_GE(tree.publishing_failures(), 1U);
  witnesses.enough = true;
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  expect_whole_tree(*tree.published(), fixture.world.log);
}

}  // namespace
}  // namespace gatehouse::transparency
