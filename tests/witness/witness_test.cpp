#include "witness/witness.hpp"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "tlog/cosignature.hpp"
#include "tlog/frontier.hpp"

namespace gatehouse::witness {
namespace {

using tlog::SignatureType;

class MemoryStore final : public CheckpointStore {
 public:
  std::optional<std::string> load(std::string_view origin) override {
    const auto found = kept.find(std::string(origin));
    return found == kept.end() ? std::nullopt : std::optional(found->second);
  }
  void save(std::string_view origin, std::string_view checkpoint) override {
    if (fails)
      throw std::runtime_error("full");
    kept[std::string(origin)] = checkpoint;
  }
  std::map<std::string, std::string> kept;
  bool fails = false;
};

struct WitnessTest : testing::Test {
  [[nodiscard]] tlog::Hash leaf(std::uint64_t index) const { return tlog::leaf_hash(std::to_string(index) + salt); }
  [[nodiscard]] tlog::Hash subtree(unsigned height, std::uint64_t index) const {
    if (height == 0)
      return leaf(index);
    const auto left = subtree(height - 1, 2 * index);
    return tlog::inner_hash(left, subtree(height - 1, 2 * index + 1));
  }
  [[nodiscard]] tlog::SubtreeReader reader() const {
    return [this](unsigned height, std::uint64_t index) { return subtree(height, index); };
  }
  [[nodiscard]] tlog::Note checkpoint(std::uint64_t size) const {
    return log.sign(tlog::to_text(tlog::Checkpoint{"log.example", {size, tlog::root_of(size, reader())}}));
  }
  [[nodiscard]] std::string body(std::uint64_t old_size, std::uint64_t size) const {
    std::string text = "old " + std::to_string(old_size) + "\n";
    if (old_size <= size) {
      for (const auto& hash : tlog::consistency_proof(old_size, size, reader()))
        text += tlog::to_base64(hash) + "\n";
    }
    return text + "\n" + to_text(checkpoint(size));
  }
  Answer add(std::uint64_t old_size, std::uint64_t size) {
    return witness.add_checkpoint(body(old_size, size), 1'700'000'000);
  }

  std::string salt;
  tlog::NoteSigner log{"log.example", SignatureType::ed25519, identity::SigningKey::generate()};
  tlog::NoteSigner own{"w.example", SignatureType::ed25519_cosignature, identity::SigningKey::generate()};
  MemoryStore store;
  Witness witness{own, store, {log.verifier_key()}};
};

TEST_F(WitnessTest, cosigns_a_log_that_grows) {
  std::uint64_t before = 0;
  for (const std::uint64_t size : {1ULL, 2ULL, 7ULL, 8ULL, 30ULL}) {
    const auto answer = add(before, size);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    auto note = checkpoint(size);
    const auto signatures = tlog::parse_signatures(answer.body);
    ASSERT_EQ(signatures.size(), 1U);
    note.signatures.push_back(signatures.front());
    EXPECT_EQ(tlog::cosigned_at(note, own.verifier_key()), 1'700'000'000U);
    before = size;
  }
  EXPECT_EQ(add(30, 30).status, 200U) << "the same checkpoint again";
}

TEST_F(WitnessTest, says_how_far_it_is_to_whoever_does_not_know) {
  ASSERT_EQ(add(0, 5).status, 200U);
  for (const std::uint64_t old_size : {0ULL, 3ULL, 6ULL}) {
    const auto answer = add(old_size, 9);
    EXPECT_EQ(answer.status, 409U);
    EXPECT_EQ(answer.content_type, "text/x.tlog.size");
    EXPECT_EQ(answer.body, "5\n");
    EXPECT_EQ(answer.origin, "log.example");
    EXPECT_EQ(answer.size, 9U);
  }
}

TEST_F(WitnessTest, cosigns_nothing_that_does_not_follow) {
  ASSERT_EQ(add(0, 5).status, 200U);
  salt = "another history";
  EXPECT_EQ(add(5, 9).status, 422U);
  EXPECT_EQ(add(5, 5).status, 409U) << "another root of the same size";
  EXPECT_TRUE(add(5, 9).differs);
  EXPECT_TRUE(add(5, 5).differs);
  EXPECT_FALSE(add(0, 9).differs) << "who does not know how far the witness is proves nothing";
  salt.clear();
  auto wrong = body(5, 9);
  wrong.replace(wrong.find('\n') + 1, 44, tlog::to_base64(tlog::empty_root()));
  EXPECT_EQ(witness.add_checkpoint(wrong, 1).status, 422U);
  auto too_much = body(5, 9);
  too_much.insert(too_much.find('\n') + 1, tlog::to_base64(tlog::empty_root()) + "\n");
  EXPECT_EQ(witness.add_checkpoint(too_much, 1).status, 422U);
  EXPECT_EQ(add(5, 9).status, 200U);
  EXPECT_EQ(add(9, 7).status, 400U) << "smaller than what it follows";
  EXPECT_EQ(add(7, 7).status, 409U);
}

TEST_F(WitnessTest, knows_its_logs_by_their_keys) {
  const auto good = body(0, 1);
  const tlog::NoteSigner stranger{"log.example", SignatureType::ed25519, identity::SigningKey::generate()};
  const auto text = checkpoint(1).text;
  EXPECT_EQ(witness.add_checkpoint("old 0\n\n" + to_text(stranger.sign(text)), 1).status, 403U);
  const auto elsewhere = log.sign("other.example" + text.substr(text.find('\n')));
  EXPECT_EQ(witness.add_checkpoint("old 0\n\n" + to_text(elsewhere), 1).status, 404U);
  for (const auto& bad :
       std::vector<std::string>{"", "old 0\n", "old 0\n\n", "old 00\n\n" + to_text(checkpoint(1)),
                                "new 0\n\n" + to_text(checkpoint(1)), "old 0\nAAAA\n\n" + to_text(checkpoint(1)),
                                good.substr(0, good.size() - 1), good + "x", std::string(request_bytes_max, 'o')}) {
    EXPECT_EQ(witness.add_checkpoint(bad, 1).status, 400U) << bad;
  }
  EXPECT_EQ(witness.add_checkpoint(good, 1).status, 200U);
}

TEST_F(WitnessTest, answers_nothing_that_it_could_not_remember) {
  store.fails = true;
  EXPECT_EQ(add(0, 5).status, 500U);
  store.fails = false;
  EXPECT_EQ(add(0, 4).status, 200U);
}

}  // namespace
}  // namespace gatehouse::witness
