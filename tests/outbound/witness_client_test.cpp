// The log and its witnesses over real sockets.
#include "outbound/witness_client.hpp"

#include <gmock/gmock.h>
#include <map>

#include "http/server.hpp"
#include "tests/transparency/tree_fixture.hpp"
#include "tlog/cosignature.hpp"
#include "witness/witness.hpp"

namespace gatehouse::outbound {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
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
          auto answer = silent                                  ? witness::Answer{503, "text/plain", "", {}}
                        : request.path() == "/w/add-checkpoint" ? witness.add_checkpoint(request.body, 1'700'000'000)
                                                                : witness::Answer{404, "text/plain", "", {}};
          respond({.status = answer.status, .content_type = answer.content_type, .body = std::move(answer.body)});
        }) {
    server.start();
  }
  [[nodiscard]] WitnessSettings settings() const {
    return {"http://127.0.0.1:" + std::to_string(server.port()) + "/w", signer.verifier_key()};
  }

  tlog::NoteSigner signer;
  std::atomic<bool> silent{};
  MemoryStore store;
  witness::Witness witness;
  http::Server server;
};

struct Reports {
  [[nodiscard]] WitnessClient::Report taking() {
    return [this](WitnessClient::Severity severity, std::string_view text) { told.emplace_back(severity, text); };
  }
  using Told = std::pair<WitnessClient::Severity, std::string>;
  std::vector<Told> told;
};
constexpr auto info = WitnessClient::Severity::info;
constexpr auto warning = WitnessClient::Severity::warning;
constexpr auto error = WitnessClient::Severity::error;

// Whether witnesses cosign the log of `fixture` as it is, asked so many times.
bool cosigned(TreeFixture& fixture, WitnessClient& client, int times = 1) {
  LogTree tree(fixture.parts(), {});
  EXPECT_TRUE(tree.start().has_value());
  EXPECT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  const auto view = tree.published();
  const auto note = fixture.signer.sign(tlog::to_text(tlog::Checkpoint{"log.example", view->head()}));
  bool enough = false;
  for (int time = 0; time < times; ++time)
    enough = client.cosign(*view, note).enough;
  return enough;
}

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
                         [](WitnessClient::Severity, std::string_view text) { ADD_FAILURE() << text; });
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
  Reports reports;
  WitnessClient client({there.settings(), stranger.settings()}, 1, {}, reports.taking());
  auto parts = fixture.parts();
  parts.cosigner = &client;
  LogTree tree(parts, {});
  ASSERT_TRUE(tree.start().has_value());
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  fixture.world.story.go_on(30);
  ASSERT_TRUE(fixture.reaches(tree, fixture.world.log.head()));
  EXPECT_EQ(cosignatures(tree, {&there, &stranger}), 1U);
  tree.stop();
  EXPECT_THAT(reports.told,
              ElementsAre(Pair(warning, "witness w2.example at " + stranger.settings().url +
                                            " does not cosign: the witness does not know this log (its origin and "
                                            "key); it must be told what /log/verifier-key answers")));
}

TEST(WitnessClient, takes_no_cosignature_by_another_key) {
  TreeFixture fixture(3, 60);
  const WitnessServer liar("w1.example", fixture.signer.verifier_key());
  const tlog::NoteSigner real("w1.example", SignatureType::ed25519_cosignature, identity::SigningKey::generate());
  Reports reports;
  WitnessClient client({{liar.settings().url, real.verifier_key()}}, 1, {}, reports.taking());
  auto parts = fixture.parts();
  parts.cosigner = &client;
  LogTree tree(parts, {});
  ASSERT_TRUE(tree.start().has_value());
  for (int wait = 0; wait < 1'000 && tree.publishing_failures() == 0; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(tree.published(), nullptr);
  tree.stop();
  EXPECT_THAT(reports.told,
              ElementsAre(Pair(warning, "witness w1.example at " + liar.settings().url +
                                            " does not cosign: it answered without a cosignature by its key"),
                          Pair(warning, "0 of 1 witnesses have cosigned and 1 must: nothing new is published")));
}

TEST(WitnessClient, says_how_many_cosigned_when_they_are_too_few_and_when_they_are_enough_again) {
  TreeFixture fixture(4, 60);
  const WitnessServer there("w1.example", fixture.signer.verifier_key());
  auto gone = std::make_unique<WitnessServer>("w2.example", fixture.signer.verifier_key());
  Reports reports;
  WitnessClient client({there.settings(), gone->settings()}, 2, {}, reports.taking());
  const auto size = fixture.world.log.head().value;
  EXPECT_TRUE(cosigned(fixture, client));
  EXPECT_TRUE(reports.told.empty());
  fixture.world.story.go_on(20);
  const auto later = fixture.world.log.head().value;
  gone->silent = true;
  EXPECT_FALSE(cosigned(fixture, client, 3));
  const auto who = "witness w2.example at " + gone->settings().url;
  EXPECT_THAT(reports.told,
              ElementsAre(Pair(warning, who + " does not cosign: it answered 503"),
                          Pair(warning, "1 of 2 witnesses have cosigned and 2 must: nothing new is published")));
  const auto status = client.status();
  EXPECT_EQ(status.quorum, 2U);
  EXPECT_TRUE(status.witnesses[0].cosigns);
  EXPECT_EQ(status.witnesses[0].cosigned_size, later);
  EXPECT_FALSE(status.witnesses[1].cosigns);
  EXPECT_FALSE(status.witnesses[1].differs);
  EXPECT_EQ(status.witnesses[1].cosigned_size, size);
  EXPECT_EQ(status.witnesses[1].failures, 3U);
  reports.told.clear();
  gone->silent = false;
  EXPECT_TRUE(cosigned(fixture, client, 2));
  EXPECT_THAT(reports.told, ElementsAre(Pair(info, who + " cosigns again"),
                                        Pair(info, "2 of 2 witnesses have cosigned: checkpoints are published again")));
}

TEST(WitnessClient, says_that_a_log_was_put_back_and_later_that_it_went_another_way) {
  TreeFixture fixture(5, 120), put_back(5, 60);
  put_back.signer = fixture.signer;
  const WitnessServer witness("w1.example", fixture.signer.verifier_key());
  Reports reports;
  WitnessClient client({witness.settings()}, 1, {}, reports.taking());
  const auto known = std::to_string(fixture.world.log.head().value);
  ASSERT_TRUE(cosigned(fixture, client));
  EXPECT_FALSE(cosigned(put_back, client, 2));
  EXPECT_TRUE(client.status().witnesses[0].differs);
  ASSERT_EQ(reports.told.size(), 2U) << "each is told once";
  EXPECT_EQ(reports.told[0].first, error);
  EXPECT_THAT(reports.told[0].second, HasSubstr(witness.settings().url + " does not cosign: it has cosigned " + known +
                                                " events, and the log"));
  EXPECT_THAT(reports.told[0].second,
              HasSubstr("the histories differ (a fork, or a log that was put back from an older"));
  put_back.world.story.go_on(200);
  ASSERT_GT(put_back.world.log.head(), fixture.world.log.head());
  EXPECT_FALSE(cosigned(put_back, client, 2));
  ASSERT_EQ(reports.told.size(), 3U);
  EXPECT_EQ(reports.told[2].first, error);
  EXPECT_THAT(reports.told[2].second, HasSubstr("does not follow from the " + known + " events that it cosigned"));
  EXPECT_TRUE(cosigned(fixture, client)) << "the log that the witness knows is back";
  EXPECT_FALSE(client.status().witnesses[0].differs);
}

TEST(WitnessClient, says_that_another_log_of_the_same_size_has_another_root) {
  TreeFixture fixture(6, 60);
  WitnessServer witness("w1.example", fixture.signer.verifier_key());
  const auto size = fixture.world.log.head().value;
  const auto lie = fixture.signer.sign(tlog::to_text(tlog::Checkpoint{"log.example", {size, tlog::leaf_hash("lie")}}));
  ASSERT_EQ(witness.witness.add_checkpoint("old 0\n\n" + tlog::to_text(lie), 1).status, 200U);
  Reports reports;
  WitnessClient client({witness.settings()}, 1, {}, reports.taking());
  EXPECT_FALSE(cosigned(fixture, client));
  EXPECT_EQ(reports.told.front().first, error);
  EXPECT_THAT(reports.told.front().second, HasSubstr("another root of the same " + std::to_string(size) + " events"));
  EXPECT_TRUE(client.status().witnesses[0].differs);
}

}  // namespace
}  // namespace gatehouse::outbound
