// The log as auditors and the public read it, over a real socket. What the answers prove is the matter of tests/clients/transparency, which other people's
// programs verify.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <sstream>

#include "events/frame.hpp"
#include "identity/base64.hpp"
#include "tests/api/api_fixture.hpp"
#include "tlog/checkpoint.hpp"
#include "transparency/account_map.hpp"
#include "transparency/log_entry.hpp"

namespace gatehouse::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct TransparencyTest : ApiFixture {
  TransparencyTest() { open_account(); }

  // Of an answer that ends where its connection does.
  http::Answer stream(const std::string& target, const std::string& bearer, const std::string& accept) {
    http::RawClient client(server.port());
    client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\nAuthorization: Bearer " +
                bearer + "\r\n\r\n");
    auto answer = client.receive_answer(true);
    answer.body = client.receive_rest();
    return answer;
  }
  std::vector<std::string> lines_of(const std::string& target, const std::string& bearer,
                                    const std::string& accept = "*/*") {
    std::vector<std::string> lines;
    std::istringstream text(stream(target, bearer, accept).body);
    for (std::string line; std::getline(text, line);)
      lines.push_back(line);
    return lines;
  }

  std::string auditor = token("audrey", "acme", "auditor");
  std::string auditor_of_all = token("audrey", "", "platform auditor");
};

TEST_F(TransparencyTest, everybody_reads_checkpoint_tiles_and_key) {
  http::Answer checkpoint;
  for (int wait = 0; wait < 500 && tlog::parse_checkpoint(checkpoint.body.substr(0, checkpoint.body.find("\n\n") + 1))
                                           .value_or(tlog::Checkpoint())
                                           .head.size < log.head().value;
       ++wait)
    checkpoint = get("/log/checkpoint", "");
  EXPECT_EQ(checkpoint.status, 200U);
  EXPECT_EQ(checkpoint.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(checkpoint.header("Cache-Control"), "public, max-age=1");
  const auto key = get("/log/verifier-key", "");
  EXPECT_EQ(key.body, log_signer.verifier_key().to_text() + "\n");
  const auto width = std::to_string(log.head().value);
  const auto tile = get("/log/tile/0/000.p/" + width, "");
  EXPECT_EQ(tile.status, 200U);
  EXPECT_EQ(tile.header("Content-Type"), "application/octet-stream");
  EXPECT_THAT(tile.header("Cache-Control"), HasSubstr("immutable"));
  const auto first = log.read_at({1});
  const auto entry = transparency::entry_of({1}, first->frame);
  EXPECT_EQ(tile.body.substr(0, 32), tlog::as_bytes(tlog::leaf_hash(entry)));
  EXPECT_EQ(get("/log/tile/entries/000.p/1", "").body, std::string("\0\x28", 2) + entry);
  for (const auto* path : {"0/000", "0/001.p/1", "1/000.p/1", "0/000.p/0", "00/000.p/1", "0/x000/000.p/1",
                           "0/%30%30%30.p/256", "99/000", "0/000.p/1/2", "0"})
    EXPECT_EQ(code_of(get("/log/tile/" + std::string(path), "")), "tile_not_found") << path;
  EXPECT_EQ(code_of(get("/log/tile", "")), "not_found");
  EXPECT_EQ(code_of(get("/log/checkpoint?x=1", "")), "unknown_parameter");
  EXPECT_EQ(call("HEAD", "/log/checkpoint", "").status, 200U);
}

TEST_F(TransparencyTest, an_event_is_proven_with_its_frame) {
  const auto event = log.read_stream(AccountId{"acme"}, 1, 1).events.front();
  const auto answer = get("/v1/accounts/acme/events/" + std::to_string(event.position.value) + "/proof", auditor);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto proof = tlog::parse_proof_file(answer.body);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->extra, event.frame);
  const auto note = tlog::parse_note(proof->checkpoint);
  ASSERT_TRUE(note && tlog::is_signed_by(*note, log_signer.verifier_key()) == true);
  const auto head = tlog::parse_checkpoint(note->text)->head;
  const auto leaf = tlog::leaf_hash(transparency::entry_of(event.position, proof->extra));
  EXPECT_TRUE(tlog::proves_inclusion(proof->path, proof->index, leaf, head.size, head.root));
  const auto of_catalogue = std::to_string(log.stream_head(catalogue_stream)->position.value);
  for (const auto& position : std::vector<std::string>{of_catalogue, "0", "999999", "abc", "99999999999999999999"}) {
    const auto path = "/v1/accounts/acme/events/" + position;
    EXPECT_EQ(code_of(get(path + "/proof", auditor)), "event_not_found") << position;
    EXPECT_EQ(code_of(get(path, auditor)), "event_not_found") << position;
  }
}

TEST_F(TransparencyTest, completeness_covers_what_was_acknowledged_before) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":)" + std::string(round % 2 == 0 ? "true}" : "false}"))
                  .status,
              200U);
    const auto version = log.stream_head(AccountId{"acme"})->version;
    const auto answer = get("/v1/accounts/acme/completeness", auditor);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto proof = json_of(answer).as_object();
    EXPECT_EQ(proof.at("account_version").to_number<std::uint64_t>(), version);
    tlog::Frontier own;
    for (const auto& event : log.read_stream(AccountId{"acme"}, 0, 1'000).events)
      own.append(tlog::leaf_hash(event.frame));
    EXPECT_EQ(proof.at("account_root").as_string(), tlog::to_base64(own.root()));
    EXPECT_THAT(std::string(proof.at("heads").as_string()), StartsWith("c2sp.org/tlog-proof@v1\nextra "));
  }
  const auto head = log.head();
  EXPECT_EQ(get("/v1/accounts/acme/completeness", auditor).status, 200U);
  EXPECT_EQ(log.head(), head) << "nothing new is committed to";
}

TEST_F(TransparencyTest, an_account_is_exported_in_every_form_with_the_same_frames) {
  const auto frames = [&] {
    std::vector<std::string> all;
    for (const auto& event : log.read_stream(AccountId{"acme"}, 0, 1'000).events)
      all.push_back(
          identity::base64_encode({reinterpret_cast<const std::uint8_t*>(event.frame.data()), event.frame.size()}));
    return all;
  }();
  const auto target = "/v1/accounts/acme/export";
  const auto ndjson = lines_of(target, auditor);
  ASSERT_EQ(ndjson.size(), frames.size() + 1);
  const auto csv = lines_of(target, auditor, "text/csv");
  ASSERT_EQ(csv.size(), frames.size() + 2);
  EXPECT_THAT(csv.front(), StartsWith("position,event_id,account_id"));
  const auto events = lines_of(target, auditor, "application/cloudevents-batch+json");
  ASSERT_EQ(events.size(), frames.size() + 3);
  for (std::size_t index = 0; index < frames.size(); ++index) {
    EXPECT_EQ(boost::json::parse(ndjson[index]).at("frame").as_string(), frames[index]);
    EXPECT_THAT(csv[index + 1], HasSubstr("," + frames[index] + ","));
    auto event = events[index + 1];
    ASSERT_TRUE(event.ends_with("},"));
    event.pop_back();
    EXPECT_EQ(boost::json::parse(event).at("frame").as_string(), frames[index]);
    EXPECT_EQ(boost::json::parse(event).at("specversion").as_string(), "1.0");
  }
  const auto note = tlog::parse_note(boost::json::parse(ndjson.back()).at("manifest").as_string().c_str());
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(tlog::is_signed_by(*note, log_signer.verifier_key()), true);
  const auto manifest = boost::json::parse(note->text.substr(note->text.find('\n') + 1)).as_object();
  EXPECT_EQ(manifest.at("records").to_number<std::size_t>(), frames.size());
  EXPECT_EQ(manifest.at("chain"), boost::json::parse(ndjson[frames.size() - 1]).at("chain"));
}

TEST_F(TransparencyTest, an_export_goes_on_where_another_one_ended) {
  ASSERT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":true})").status, 200U);
  const auto second = log.read_stream(AccountId{"acme"}, 1, 1).events.front().position;
  const auto rest = lines_of("/v1/accounts/acme/export?after=" + std::to_string(second.value), auditor);
  EXPECT_EQ(boost::json::parse(rest.front()).at("account_version").to_number<std::uint64_t>(), 3U);
  const auto all = lines_of("/v1/platform/export", auditor_of_all);
  EXPECT_EQ(lines_of("/v1/platform/export?after=2", auditor_of_all).size(), all.size() - 2);
  const auto end = std::to_string(all.size() - 1);
  EXPECT_EQ(lines_of("/v1/platform/export?after=" + end, auditor_of_all).size(), 1U) << "the manifest alone";
  for (const auto& [target, bearer] :
       {std::pair("/v1/platform/export", auditor_of_all), {"/v1/accounts/acme/export", auditor}}) {
    const auto beyond = get(std::string(target) + "?after=999999", bearer);
    EXPECT_EQ(beyond.status, 409U);
    EXPECT_EQ(code_of(beyond), "position_beyond_end");
    EXPECT_LE(json_of(beyond).at("end").to_number<std::uint64_t>(), log.head().value);
  }
}

TEST_F(TransparencyTest, heads_are_committed_before_all_is_exported_and_only_once) {
  ASSERT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":true})").status, 200U);
  const auto before = log.head().value;
  const auto all = lines_of("/v1/platform/export", auditor_of_all);
  ASSERT_EQ(all.size(), before + 2) << "the commitment and the manifest more";
  const auto last = boost::json::parse(all[before]).as_object();
  EXPECT_EQ(last.at("type").as_string(), "AccountHeadsCommitted");
  EXPECT_EQ(last.at("data").at("through").to_number<std::uint64_t>(), before);
  EXPECT_EQ(lines_of("/v1/platform/export", auditor_of_all).size(), all.size());
}

TEST_F(TransparencyTest, a_log_that_takes_nothing_is_exported_as_it_is) {
  ASSERT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":true})").status, 200U);
  const auto head = log.head().value;
  log.refuse_appends(AppendStatus::unavailable, "disk_full: 1 MiB left");
  EXPECT_EQ(lines_of("/v1/platform/export", auditor_of_all).size(), head + 1);
}

TEST_F(TransparencyTest, all_is_for_the_platforms_auditor_and_an_account_for_its_own) {
  EXPECT_EQ(code_of(get("/v1/platform/export", platform)), "insufficient_scope");
  EXPECT_EQ(code_of(get("/v1/platform/export", auditor)), "insufficient_scope");
  EXPECT_EQ(code_of(get("/v1/platform/export", "")), "authentication_required");
  for (const auto* path : {"export", "completeness", "events/5/proof"}) {
    const auto target = "/v1/accounts/acme/" + std::string(path);
    EXPECT_EQ(code_of(get(target, token("audrey", "globex", "auditor"))), "account_not_found") << path;
    EXPECT_EQ(code_of(get(target, token("nobody", "acme"))), "not_a_member") << path;
    EXPECT_EQ(code_of(get(target, "")), "authentication_required") << path;
  }
  EXPECT_EQ(code_of(get("/v1/accounts/acme/export", auditor, {{"Accept", "text/html"}})), "not_acceptable");
  EXPECT_EQ(stream("/v1/accounts/acme/export", auditor, "text/csv, */*;q=0.1").header("Content-Type"), "text/csv");
}

TEST_F(TransparencyTest, a_reader_that_hangs_up_in_the_middle_costs_nothing_more) {
  for (int round = 0; round < 20; ++round) {
    http::RawClient client(server.port());
    client.send("GET /v1/platform/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + auditor_of_all +
                "\r\n\r\n");
    if (round % 2 == 0)
      client.receive_some();
    client.reset();
  }
  EXPECT_EQ(get("/livez", "").status, 200U);
}

}  // namespace
}  // namespace gatehouse::api
