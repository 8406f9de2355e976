// What is left of a person after an erasure, looked for in every file of a real server: nothing, while the history is what it was.
#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

constexpr std::string_view marker = "Zyxomma";  // stands in everything that is told about the person

class ErasureTest : public testing::Test {
 protected:
  ErasureTest() : server_(data()) {
    server_.start();
    tokens_ = open_marketplace(server_);
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] ApiClient client() const { return ApiClient(server_.port()); }

  void run(const std::string& who, const std::string& command) {
    const auto answer = client().post(tokens_.at(who), account_commands, command);
    ASSERT_EQ(answer.status, 200U) << command << answer.body;
  }
  [[nodiscard]] std::string get(const std::string& target, const std::string& who = "owner") const {
    return client().get(tokens_.at(who), "/v1/accounts/acme/" + target).body;
  }
  // Files below the data that have the text, by their names.
  [[nodiscard]] std::string files_with(std::string_view text) const {
    std::string names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
      std::ostringstream bytes;
      if (entry.is_regular_file())
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (bytes.str().find(text) != std::string::npos)
        names += entry.path().string() + "\n";
    }
    return names;
  }
  template <class Condition>
  static bool comes_true(Condition condition) {
    for (int wait = 0; wait < 2'000; ++wait) {
      if (condition())
        return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  [[nodiscard]] bool is_certified() const {
    return get("events?type=SubjectErased").find("\"sha256\"") != std::string::npos;
  }

  // A member who leaves traces: a request with a reason, an entry by address, a mail to the admins, a changed name.
  void live_a_life() {
    run("directory",
        R"({"type":"AddMember","user_id":"zoe","email":"Zyxomma@acme.example","name":"Zyxomma Z.","department":"Zyxommas"})");
    tokens_["zoe"] = server_.token("acme", "zoe");
    run("owner",
        R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
    run("zoe", R"({"type":"RequestPreApproval","app_id":"notes","reason":"Zyxomma needs it"})");
    run("owner",
        R"({"type":"GrantPreApproval","app_id":"calendar","audience":"selected","emails":["zyxomma@acme.example"]})");
    run("directory",
        R"({"type":"ChangeMember","user_id":"zoe","name":"Zyxomma Zed","email":"zyxomma.z@acme.example"})");
    const auto outbox = data() / "outbox";
    ASSERT_TRUE(comes_true([&] { return std::filesystem::exists(outbox) && !std::filesystem::is_empty(outbox); }));
  }
  void erase() {
    run("directory", R"({"type":"RemoveMember","user_id":"zoe"})");
    run("owner", R"({"type":"EraseSubject","user_id":"zoe"})");
    ASSERT_TRUE(comes_true([this] { return is_certified(); }));
  }
  static std::string must(std::vector<std::string> arguments) {
    const auto finished = run_gatehouse(std::move(arguments));
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  }

  ScratchFolder folder_;
  ServerProcess server_;
  Tokens tokens_;
};

TEST_F(ErasureTest, LeavesNothingInAnyFileAndTheHistoryAsItWas) {
  live_a_life();
  EXPECT_NE(get("members/zoe").find(marker), std::string::npos);
  EXPECT_NE(get("requests").find("Zyxomma needs it"), std::string::npos);
  EXPECT_NE(get("events").find(marker), std::string::npos);
  const auto mails = files_with(marker);
  EXPECT_NE(mails.find("/outbox/"), std::string::npos) << "the mail to the admins has it";
  for (const auto* place : {"/db/", "/witness", "/keys/"})
    EXPECT_EQ(mails.find(place), std::string::npos) << "sealed from the beginning";
  const auto before = std::to_string(
      std::stoull(client().get(tokens_.at("owner"), "/v1/accounts/acme/permissions").header("Gatehouse-Position")));
  erase();

  EXPECT_EQ(files_with(marker), "");
  EXPECT_EQ(files_with("zyxomma"), "");
  const auto events = get("events");
  EXPECT_EQ(events.find(marker), std::string::npos);
  EXPECT_NE(events.find(R"("erased":["email","name","department"])"), std::string::npos) << events;
  EXPECT_NE(get("requests").find(R"("erased":["user_name","user_email","user_department","reason"])"),
            std::string::npos)
      << get("requests");
  const auto then = get("members/zoe?as_of=" + before);
  EXPECT_EQ(then.find(marker), std::string::npos) << "nor in the past";
  EXPECT_NE(then.find(R"("erased":["email","name","department"])"), std::string::npos) << then;
  EXPECT_NE(get("members").find("owner@"), std::string::npos) << "others stay readable";

  ASSERT_EQ(server_.stop(), 0);
  const auto verified = must({"replay", "verify", "--data", data().string()});
  EXPECT_EQ(verified.find("differ"), std::string::npos) << verified;
  must({"replay", "rebuild", "--all", "--data", data().string()});
  EXPECT_EQ(files_with(marker), "");
  server_.start();
  EXPECT_NE(get("requests").find("\"erased\""), std::string::npos);
}

TEST_F(ErasureTest, SaysWhenSomethingKeepsItFromBeingDone) {
  live_a_life();
  const auto outbox = data() / "outbox", away = data() / "outbox.away";
  std::filesystem::rename(outbox, away);
  run("directory", R"({"type":"RemoveMember","user_id":"zoe"})");
  run("owner", R"({"type":"EraseSubject","user_id":"zoe"})");
  const auto is_told = [this] {
    return client().get("", "/readyz").body.find("\"failed:erasure: ") != std::string::npos;
  };
  EXPECT_TRUE(comes_true(is_told));
  EXPECT_FALSE(is_certified());
  std::filesystem::rename(away, outbox);
  EXPECT_TRUE(comes_true([this] { return is_certified(); }));
  EXPECT_TRUE(comes_true([&] { return !is_told(); }));
}

TEST_F(ErasureTest, GoesOnAfterAKill) {
  live_a_life();
  run("directory", R"({"type":"RemoveMember","user_id":"zoe"})");
  run("owner", R"({"type":"EraseSubject","user_id":"zoe"})");
  server_.kill();
  server_.start();
  ASSERT_TRUE(comes_true([this] { return is_certified(); }));
  EXPECT_EQ(files_with(marker), "");
}

TEST_F(ErasureTest, OfALogThatWasTakenElsewhere) {
  live_a_life();
  ASSERT_EQ(server_.stop(), 0);
  const auto file = (folder_.path() / "export.ndjson").string();
  must({"export", "--data", data().string(), "--output", file});
  const auto keys = (data() / "subject-keys").string();
  const auto with = (folder_.path() / "with").string();
  const auto without = (folder_.path() / "without").string();
  must({"import", file, "--data", with, "--subject-keys", keys});
  must({"import", file, "--data", without});
  EXPECT_NE(must({"replay", "events", "--data", with}).find(marker), std::string::npos);
  const auto locked = must({"replay", "events", "--data", without});
  EXPECT_EQ(locked.find(marker), std::string::npos);
  EXPECT_NE(locked.find(R"("locked":["email","name","department"])"), std::string::npos);
  ServerProcess elsewhere(without);
  elsewhere.start();
  EXPECT_NE(ApiClient(elsewhere.port())
                .get(elsewhere.token("acme", "owner"), "/v1/accounts/acme/members")
                .body.find("\"locked\""),
            std::string::npos);
  ASSERT_EQ(elsewhere.stop(), 0);
}

TEST_F(ErasureTest, IsNotPossibleByLosingTheKeys) {
  live_a_life();
  ASSERT_EQ(server_.stop(), 0);
  std::filesystem::rename(data() / "subject-keys", folder_.path() / "away");
  const auto refused = run_gatehouse({"serve", "--data", data().string(), "--listen", "127.0.0.1:0"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_NE(refused.output.find("--new-subject-keys"), std::string::npos) << refused.output;
}

}  // namespace
}  // namespace gatehouse::system_test
