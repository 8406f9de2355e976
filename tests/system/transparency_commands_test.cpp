// What an auditor takes away by the command line, while the server runs and after it stopped: proofs, exports, and another instance made of them.
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "identity/base64.hpp"
#include "identity/digest.hpp"
#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

class TransparencyCommands : public testing::Test {
 protected:
  TransparencyCommands() : server_(data()) {
    server_.start();
    tokens_ = open_marketplace(server_);
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] std::filesystem::path file(const char* name) const { return folder_.path() / name; }
  [[nodiscard]] static std::string must(std::vector<std::string> arguments) {
    const auto finished = run_gatehouse(std::move(arguments));
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  }
  [[nodiscard]] std::string on_data(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", data().string()});
    return must(std::move(arguments));
  }
  [[nodiscard]] static bool has_mail(const std::filesystem::path& folder) {
    const auto outbox = folder / "outbox";
    return std::filesystem::exists(outbox) && !std::filesystem::is_empty(outbox);
  }
  [[nodiscard]] static std::string root_line(const std::string& imported) {
    return imported.substr(imported.find("root "), 49);
  }

  ScratchFolder folder_;
  ServerProcess server_;
  Tokens tokens_;
};

TEST_F(TransparencyCommands, AProofIsTheSameFromARunningServerAndFromItsData) {
  const auto running = on_data({"proof", "--event", "5"});
  EXPECT_TRUE(running.starts_with("c2sp.org/tlog-proof@v1\nextra ")) << running;
  EXPECT_EQ(must({"proof", "--event", "5", "--url", server_.url()}), running);
  EXPECT_NE(run_gatehouse({"proof", "--event", "999999", "--url", server_.url()}).output.find("999999 is published"),
            std::string::npos);
  const auto key = on_data({"verifier-key"});
  EXPECT_EQ(ApiClient(server_.port()).get("", "/log/verifier-key").body, key);
  ASSERT_EQ(server_.stop(), 0);  // which commits to the heads of what has happened, so the tree has grown
  const auto of_event = running.substr(0, running.find("\nindex 4\n"));
  EXPECT_EQ(on_data({"proof", "--event", "5"}).substr(0, of_event.size()), of_event);
  EXPECT_NE(run_gatehouse({"proof", "--event", "999999", "--data", data().string()}).output.find("the log ends at "),
            std::string::npos);
  EXPECT_NE(run_gatehouse({"proof", "--event", "0", "--data", data().string()}).exit_code, 0);
  EXPECT_NE(run_gatehouse({"proof", "--event", "5", "--url", "http://127.0.0.1:1"}).exit_code, 0);
}

TEST_F(TransparencyCommands, AToolThatReadsMakesNothingInAWrongFolder) {
  const auto wrong = file("wrong").string();
  for (const auto& tool : {std::vector<std::string>{"verifier-key"}, {"export"}, {"proof", "--event", "1"}}) {
    auto arguments = tool;
    arguments.insert(arguments.end(), {"--data", wrong});
    std::filesystem::remove_all(wrong);
    const auto nowhere = run_gatehouse(arguments);
    EXPECT_NE(nowhere.exit_code, 0);
    EXPECT_EQ(nowhere.output.find("no data found: "), std::string::npos) << nowhere.output;
    EXPECT_FALSE(std::filesystem::exists(wrong)) << tool.front();
    std::filesystem::create_directory(wrong);
    EXPECT_NE(run_gatehouse(arguments).exit_code, 0);
    EXPECT_TRUE(std::filesystem::is_empty(wrong)) << tool.front();
  }
}

TEST_F(TransparencyCommands, AnExportBeyondTheEndIsRefusedAndCostsNoEarlierOne) {
  std::ofstream(file("kept.ndjson")) << "an earlier export";
  const auto refused = [&](const std::string& account) {
    std::vector<std::string> arguments{
        "export", "--data", data().string(), "--after", "999999", "--output", file("kept.ndjson").string()};
    if (!account.empty())
      arguments.insert(arguments.end(), {"--account", account});
    const auto finished = run_gatehouse(arguments);
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_NE(finished.output.find("reaches up to position "), std::string::npos) << finished.output;
    EXPECT_EQ(finished.output.find("\"type\""), std::string::npos) << finished.output;
    EXPECT_EQ(read_text(file("kept.ndjson")), "an earlier export");
  };
  refused("");
  refused("acme");
  ASSERT_EQ(server_.stop(), 0);
  refused("");
  refused("acme");
}

TEST_F(TransparencyCommands, AnExportBecomesAnInstanceWithTheSameRoot) {
  const auto key = on_data({"verifier-key"});
  const auto running = on_data({"export"});
  EXPECT_NE(on_data({"export", "--account", "acme", "--form", "csv"}).find(",manifest,"), std::string::npos);
  ASSERT_EQ(server_.stop(), 0);
  static_cast<void>(on_data({"export", "--output", file("all.ndjson").string()}));
  const auto stopped = read_text(file("all.ndjson"));
  EXPECT_EQ(std::ranges::count(stopped, '\n'), std::ranges::count(running, '\n'))
      << "the heads were committed to before all was exported";

  const auto other = file("other").string();
  const auto bare_key = key.substr(0, key.size() - 1);
  const auto imported = must({"import", file("all.ndjson").string(), "--data", other, "--key", bare_key});
  ServerProcess again(other);
  again.start();
  const auto checkpoint = ApiClient(again.port()).get("", "/log/checkpoint").body;
  EXPECT_NE(checkpoint.find("\n" + root_line(imported).substr(5) + "\n"), std::string::npos) << imported << checkpoint;
  const auto members = ApiClient(again.port()).get(again.token("acme", "owner"), "/v1/accounts/acme/members");
  EXPECT_EQ(members.status, 200U) << members.body;
  EXPECT_NE(members.body.find("\"u7\""), std::string::npos);
  ASSERT_EQ(again.stop(), 0);
  EXPECT_EQ(run_gatehouse({"replay", "verify", "--data", other}).exit_code, 0);
}

TEST_F(TransparencyCommands, AnImportedInstanceSendsNothingUntilSomebodyLetsIt) {
  ApiClient client(server_.port());
  ASSERT_EQ(client.post(tokens_.at("u1"), account_commands, R"({"type":"RequestPreApproval","app_id":"notes"})").status,
            200U);
  ASSERT_EQ(server_.stop(), 0);
  std::filesystem::remove_all(data() / "outbox");
  static_cast<void>(on_data({"export", "--output", file("all.ndjson").string()}));
  const auto other = file("other").string();
  const auto keys = (data() / "subject-keys").string();
  EXPECT_NE(must({"import", file("all.ndjson").string(), "--data", other, "--subject-keys", keys})
                .find("outbound-held is there"),
            std::string::npos);
  {
    ServerProcess again(other);
    again.start();
    ApiClient imported(again.port());
    ASSERT_EQ(
        imported.post(again.token("acme", "u2"), account_commands, R"({"type":"RequestPreApproval","app_id":"notes"})")
            .status,
        200U);
    ASSERT_EQ(again.stop(), 0);
    EXPECT_NE(again.output().find("no mails and webhooks are sent"), std::string::npos) << again.output();
    EXPECT_FALSE(has_mail(other));
  }
  ASSERT_TRUE(std::filesystem::remove(std::filesystem::path(other) / "outbound-held"));
  ServerProcess released(other);
  released.start();
  for (int wait = 0; wait < 600 && !has_mail(other); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(has_mail(other));
}

TEST_F(TransparencyCommands, AnImportThatIsRefusedLeavesNothing) {
  const auto whole = on_data({"export"});
  const auto of_account = on_data({"export", "--account", "acme"});
  auto changed = whole;
  changed[changed.find("\"frame\":\"") + 200] ^= 1;
  auto retold = whole;
  retold.replace(retold.find("\"Acme\""), 6, "\"Umbr\"");
  const auto cut = whole.substr(0, whole.rfind("{\"manifest\""));
  const auto other = file("other").string();
  for (const auto& bad : {std::string("nonsense\n"), std::string(), of_account, changed, retold, cut, whole + whole}) {
    std::ofstream(file("bad.ndjson"), std::ios::binary) << bad;
    const auto refused = run_gatehouse({"import", file("bad.ndjson").string(), "--data", other});
    EXPECT_NE(refused.exit_code, 0);
    EXPECT_NE(refused.output.find("refused"), std::string::npos) << refused.output;
    EXPECT_FALSE(std::filesystem::exists(other));
  }
  std::ofstream(file("good.ndjson"), std::ios::binary) << whole;
  const std::string another_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  EXPECT_NE(run_gatehouse({"import", file("good.ndjson").string(), "--data", other, "--key", another_key}).exit_code,
            0);
  EXPECT_NE(run_gatehouse({"import", file("good.ndjson").string(), "--data", data().string()}).exit_code, 0)
      << "not empty";
}

TEST_F(TransparencyCommands, AnImportNamesTheRecordWhoseReadablePartWasChanged) {
  auto whole = on_data({"export"});
  const auto key = on_data({"verifier-key"});
  const auto changed = whole.find("\"Acme\"");
  const auto position = std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(changed), '\n') + 1;
  whole.replace(changed, 6, "\"Umbr\"");
  std::ofstream(file("bad.ndjson"), std::ios::binary) << whole;
  for (const auto& more : {std::vector<std::string>{}, {"--key", key.substr(0, key.size() - 1)}}) {
    std::vector<std::string> arguments{"import", file("bad.ndjson").string(), "--data", file("other").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto refused = run_gatehouse(arguments);
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.output.find("refused: position " + std::to_string(position) + ":"), std::string::npos)
        << refused.output;
    EXPECT_FALSE(std::filesystem::exists(file("other")));
  }
}

TEST_F(TransparencyCommands, AnImportHoldsTheManifestToTheRecordsWithoutAKeyToo) {
  const auto whole = on_data({"export"});
  const auto manifest = whole.rfind("{\"manifest\"");
  const auto last = whole.rfind('\n', manifest - 2) + 1;
  const auto chain_at = [&](std::size_t end) { return whole.rfind(",\"chain\":\"", end); };
  const auto before = identity::base64_decode(whole.substr(chain_at(last) + 10, 44));
  auto text = whole.substr(last, chain_at(manifest) - last);
  text.replace(text.find("\"schema_version\":"), 17, "\"schema_version\": ");
  const auto chain = identity::base64_encode(identity::sha256(before.value() + text));
  const auto retold = whole.substr(0, last) + text + ",\"chain\":\"" + chain + "\"}\n" + whole.substr(manifest);
  for (const auto& bad : {retold, whole.substr(0, last) + whole.substr(manifest)}) {
    std::ofstream(file("bad.ndjson"), std::ios::binary) << bad;
    const auto refused = run_gatehouse({"import", file("bad.ndjson").string(), "--data", file("other").string()});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.output.find("its manifest"), std::string::npos) << refused.output;
    EXPECT_FALSE(std::filesystem::exists(file("other")));
  }
}

TEST_F(TransparencyCommands, AnImportThatIsRefusedLeavesAnEmptyFolderEmptyAndMakesNoFoldersAbove) {
  std::ofstream(file("bad.ndjson"), std::ios::binary) << "nonsense\n";
  std::filesystem::create_directory(file("empty"));
  EXPECT_EQ(run_gatehouse({"import", file("bad.ndjson").string(), "--data", file("empty").string()}).exit_code, 1);
  EXPECT_TRUE(std::filesystem::is_empty(file("empty")));
  EXPECT_EQ(run_gatehouse({"import", file("bad.ndjson").string(), "--data", file("a").string() + "/b/c"}).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(file("a")));
  const auto nowhere = run_gatehouse({"import", file("bad.ndjson").string(), "--data", ""});
  EXPECT_NE(nowhere.output.find("--data: must not be empty"), std::string::npos) << nowhere.output;
}

TEST_F(TransparencyCommands, AServerThatWasStoppedHasCommittedToAllThatHappened) {
  const auto changed = ApiClient(server_.port())
                           .post(server_.token("acme", "owner"), "/v1/accounts/acme/commands",
                                 R"({"type":"SetUserInstallBlock","blocked":true})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  ASSERT_EQ(server_.stop(), 0);
  const auto exported = run_gatehouse({"export", "--account", "acme", "--data", data().string()});
  EXPECT_EQ(exported.exit_code, 0);
  EXPECT_NE(exported.output.find("UserInstallBlockChanged"), std::string::npos);
  EXPECT_EQ(exported.output.find("are not exported"), std::string::npos);
}

TEST_F(TransparencyCommands, WhatAnImportThatWasKilledHasLeftIsNotServed) {
  const auto whole = on_data({"export"});
  const auto other = file("other").string();
  ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
  const auto import = start_gatehouse({"import", file("pipe").string(), "--data", other}, file("output"));
  {
    std::ofstream pipe(file("pipe"), std::ios::binary);
    pipe << whole.substr(0, whole.size() / 2) << std::flush;
    while (!std::filesystem::exists(file("other") / "db" / "CURRENT"))
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ::kill(import, SIGKILL);
    EXPECT_EQ(wait_for_program(import), 128 + SIGKILL);
  }
  for (const auto& arguments : {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"},
                                {"export"},
                                {"replay", "verify"},
                                {"import", "-"}}) {
    auto on_other = arguments;
    on_other.insert(on_other.end(), {"--data", other});
    const auto refused = run_gatehouse(on_other);
    EXPECT_NE(refused.exit_code, 0) << arguments.front();
    EXPECT_NE(refused.output.find("import into this folder was stopped"), std::string::npos) << refused.output;
  }
  std::filesystem::remove_all(other);
  std::ofstream(file("whole"), std::ios::binary) << whole;
  EXPECT_EQ(run_gatehouse({"import", file("whole").string(), "--data", other}).exit_code, 0);
}

}  // namespace
}  // namespace gatehouse::system_test
