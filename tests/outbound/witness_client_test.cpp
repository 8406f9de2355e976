// The log and its witnesses over real sockets.
#include "outbound/witness_client.hpp"

#include <map>

#include "http/server.hpp"
#include "tests/transparency/tree_fixture.hpp"
#include "tlog/cosignature.hpp"
#include "witness/witness.hpp"

namespace gatehouse::outbound {
namespace {

using tlog::SignatureType;
using transparency::LogTree;
using transparency::TreeFixture;

class MemoryStore final : public witness::CheckpointStore {
 public:
  std::optional<std::string> load(std::string_view origin) override {
    const auto found = kept_.find(origin);
    return found == kept_.end() ? std::nullopt : std::optional(found->second);
  }
  void save(std::string_view origin, std::string_view checkpoint) override { kept_[std::string(origin)] = checkpoint; }

 private:
  std::map<std::string, std::string, std::less<>> kept_;
};

// A witness of one log, behind its own server.
struct WitnessServer {
  WitnessServer(const std::string& name, const tlog::VerifierKey& log)
      : signer(name, SignatureType::ed25519_cosignature, identity::SigningKey::generate()),
        witness(signer, store, {log}), server({}, [this](const http::Request& request, http::Respond respond) {
          auto answer = request.path() == "/w/add-checkpoint" ? witness.add_checkpoint(request.body, 1'700'000'000)
                                                              : witness::Answer{404, "text/plain", ""};
          respond({.status = answer.status, .content_type = answer.content_type, .body = std::move(answer.body)});
        }) {
    server.start();
  }
  [[nodiscard]] WitnessSettings settings() const {
    return {"http://127.0.0.1:" + std::to_string(server.port()) + "/w", signer.verifier_key()};
  }

  tlog::NoteSigner signer;
  MemoryStore store;
  witness::Witness witness;
  http::Server server;
};

std::size_t cosignatures(const LogTree& tree, const std::vector<const WitnessServer*>& witnesses) {
  const auto note = tlog::parse_note(tree.published()->checkpoint());
  EXPECT_TRUE(note.has_value());
  std::size_t count = 0;
  for (const auto* one : witnesses)
    count += tlog::cosigned_at(*note, one->signer.verifier_key()) ? 1 : 0;
  return count;
}

TEST(WitnessClient, brings_the_cosignatures_of_all_witnesses_as_the_log_grows_and_starts_again) {
  TreeFixture fixture(1, 100);
  const WitnessServer first("w1.example", fixture.signer.verifier_key());
  const WitnessServer second("w2.example", fixture.signer.verifier_key());
  for (int start = 0; start < 2; ++start) {
    WitnessClient client({first.settings(), second.settings()}, 2, {},
                         [](std::string_view text) { ADD_FAILURE() << text; });
    auto parts = fixture.parts();
    parts.cosigner = &client;
    LogTree tree(parts, {});
    ASSERT_TRUE(tree.start().has_value());
    for (int round = 0; round < 3; ++round) {
      ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
      EXPECT_EQ(cosignatures(tree, {&first, &second}), 2U);
      fixture.world.story.go_on(30);
    }
    ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  }
}

TEST(WitnessClient, does_with_a_quorum_and_reports_once_who_is_missing) {
  TreeFixture fixture(2, 100);
  const WitnessServer there("w1.example", fixture.signer.verifier_key());
  const WitnessServer stranger("w2.example",
                               transparency::make_log_signer("other", identity::SigningKey::generate()).verifier_key());
  std::vector<std::string> reports;
  WitnessClient client({there.settings(), stranger.settings()}, 1, {},
                       [&](std::string_view text) { reports.emplace_back(text); });
  auto parts = fixture.parts();
  parts.cosigner = &client;
  LogTree tree(parts, {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  fixture.world.story.go_on(30);
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  EXPECT_EQ(cosignatures(tree, {&there, &stranger}), 1U);
  tree.stop();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports.front(), "witness w2.example does not cosign: it answered 404");
}

TEST(WitnessClient, takes_no_cosignature_by_another_key) {
  TreeFixture fixture(3, 60);
  const WitnessServer liar("w1.example", fixture.signer.verifier_key());
  const tlog::NoteSigner real("w1.example", SignatureType::ed25519_cosignature, identity::SigningKey::generate());
  std::vector<std::string> reports;
  WitnessClient client({{liar.settings().url, real.verifier_key()}}, 1, {},
                       [&](std::string_view text) { reports.emplace_back(text); });
  auto parts = fixture.parts();
  parts.cosigner = &client;
  LogTree tree(parts, {});
  ASSERT_TRUE(tree.start().has_value());
  for (int wait = 0; wait < 1'000 && tree.publishing_failures() == 0; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(tree.published(), nullptr);
  tree.stop();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports.front(), "witness w1.example does not cosign: it answered without a cosignature by its key");
}

}  // namespace
}  // namespace gatehouse::outbound
