// A log and two witnesses, each a process of its own: what is published while one is away, and what everybody says when the log is put back.
#include <chrono>
#include <fstream>
#include <thread>

#include "tests/system/marketplace.hpp"
#include "tests/system/witness_process.hpp"

namespace gatehouse::system_test {
namespace {

class WitnessedLog : public testing::Test {
 protected:
  WitnessedLog() {
    first_.start();
    second_.start();
    std::ofstream(folder_.path() / "gatehouse.toml")
        << "[transparency]\norigin = \"log.example\"\nwitnesses = [\n  { url = \"" << first_.url() << "\", key = \""
        << first_.key() << "\" },\n  { url = \"" << second_.url() << "\", key = \"" << second_.key() << "\" },\n]\n";
  }
  [[nodiscard]] std::string log_key() const {
    auto key = run_gatehouse({"verifier-key", "--create", "--data", data().string(), "--origin", "log.example"}).output;
    key.pop_back();
    return key;
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] std::string get(const std::string& target) const {
    return ApiClient(server_.port()).get("", target).body;
  }
  // Whether the answer, or the log, comes to have it.
  template <class Text>
  static testing::AssertionResult comes_to_have(const Text& text, const std::string& wanted) {
    for (int wait = 0; wait < 2'000; ++wait) {
      if (text().find(wanted) != std::string::npos)
        return testing::AssertionSuccess();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return testing::AssertionFailure() << "no \"" << wanted << "\" in\n" << text();
  }
  testing::AssertionResult readiness_has(const std::string& wanted) const {
    return comes_to_have([&] { return get("/readyz"); }, wanted);
  }
  void block(bool blocked) {
    const auto token = server_.token("acme", "owner");
    const auto command = R"({"type":"SetUserInstallBlock","blocked":)" + std::string(blocked ? "true}" : "false}");
    ASSERT_EQ(ApiClient(server_.port()).post(token, account_commands, command).status, 200U);
  }

  ScratchFolder folder_;
  WitnessProcess first_{folder_.path() / "w1", "w1.example", log_key()};
  WitnessProcess second_{folder_.path() / "w2", "w2.example", log_key()};
  ServerProcess server_{data(), {"--config", (folder_.path() / "gatehouse.toml").string()}};
};

TEST_F(WitnessedLog, IsPublishedAsItWasAfterARestartWithoutTheQuorum) {
  server_.start();
  static_cast<void>(open_marketplace(server_));
  ASSERT_TRUE(comes_to_have([&] { return get("/log/checkpoint"); }, "w2.example "));
  second_.stop();
  block(true);
  ASSERT_TRUE(readiness_has("1 of 2 witnesses have cosigned and 2 must, nothing after event "));
  const auto before = get("/log/checkpoint");
  ASSERT_EQ(server_.stop(), 0);
  server_.start();
  ASSERT_TRUE(readiness_has("bring back w2.example")) << get("/readyz");
  EXPECT_EQ(get("/log/checkpoint"), before);
  EXPECT_EQ(ApiClient(server_.port()).get("", "/log/tile/entries/000.p/1").status, 200U);
  EXPECT_NE(server_.output().find("1 of 2 witnesses have cosigned and 2 must: nothing new is published"),
            std::string::npos)
      << server_.output();
  EXPECT_NE(server_.output().find("witness w2.example at " + second_.url() + " does not cosign: "), std::string::npos);
  EXPECT_NE(get("/metrics").find("gatehouse_witness_cosigns{witness=\"w1.example\",url=\"" + first_.url() + "\"} 1"),
            std::string::npos);
  second_.start();
  ASSERT_TRUE(readiness_has("\"degraded\":[]"));
  EXPECT_NE(get("/log/checkpoint"), before);
  EXPECT_TRUE(comes_to_have([&] { return second_.output(); }, "info cosigned log=log.example events="));
}

TEST_F(WitnessedLog, IsShownOfAStoppedServerAsItWasPublished) {
  server_.start();
  static_cast<void>(open_marketplace(server_));
  ASSERT_TRUE(readiness_has("\"degraded\":[]"));
  second_.stop();
  block(true);
  ASSERT_TRUE(readiness_has("1 of 2 witnesses have cosigned and 2 must, nothing after event "));
  const auto published = get("/log/checkpoint");
  ASSERT_EQ(server_.stop(), 0);
  const auto size = published.substr(12, published.find('\n', 12) - 12);  // the line after log.example
  const auto config = (folder_.path() / "gatehouse.toml").string();
  for (const auto& place : {std::vector<std::string>{"--config", config}, {"--origin", "log.example"}}) {
    const auto on_data = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.end(), {"--data", data().string()});
      arguments.insert(arguments.end(), place.begin(), place.end());
      return run_gatehouse(std::move(arguments));
    };
    const auto proof = on_data({"proof", "--event", "2"});
    EXPECT_EQ(proof.exit_code, 0) << proof.output;
    EXPECT_NE(proof.output.find(published), std::string::npos) << proof.output;
    EXPECT_NE(proof.output.find("events after position " + size + " are not in it"), std::string::npos);
    const auto exported = on_data({"export"});
    EXPECT_EQ(exported.exit_code, 0) << exported.output;
    EXPECT_NE(exported.output.find("events after position " + size + " are not in it"), std::string::npos);
    EXPECT_NE(exported.output.find(R"(\"through\":)" + size + ","), std::string::npos) << exported.output;
    EXPECT_NE(exported.output.find("w1.example "), std::string::npos) << "its cosignature is in the manifest";
    const auto beyond = on_data({"proof", "--event", std::to_string(std::stoull(size) + 1)});
    EXPECT_EQ(beyond.exit_code, 1);
    EXPECT_NE(beyond.output.find("what the witnesses have cosigned ends at " + size), std::string::npos)
        << beyond.output;
  }
}

TEST_F(WitnessedLog, IsNotPublishedUnderAnotherNameOrKey) {
  server_.start();
  static_cast<void>(open_marketplace(server_));
  ASSERT_TRUE(readiness_has("\"degraded\":[]"));
  ASSERT_EQ(server_.stop(), 0);
  const auto before = read_text(data() / "checkpoint");
  {
    ServerProcess nameless(data());
    nameless.start();
    const auto ready = [&] { return ApiClient(nameless.port()).get("", "/readyz").body; };
    EXPECT_TRUE(comes_to_have(ready, "failed:transparency"));
    EXPECT_NE(ready().find("\"ready\":true"), std::string::npos);
    EXPECT_EQ(ApiClient(nameless.port()).get("", "/log/checkpoint").status, 503U);
    const auto command = R"({"type":"SetUserInstallBlock","blocked":true})";
    EXPECT_EQ(ApiClient(nameless.port()).post(nameless.token("acme", "owner"), account_commands, command).status, 200U);
    EXPECT_NE(nameless.output().find(" was published as log.example, and the log's name is gatehouse/"),
              std::string::npos)
        << nameless.output();
    EXPECT_EQ(nameless.stop(), 0);
  }
  std::filesystem::rename(data() / "keys" / "log-signing.pem", folder_.path() / "log-signing.pem");
  server_.start();
  EXPECT_TRUE(readiness_has("failed:transparency"));
  EXPECT_NE(server_.output().find(" was signed by another key of log.example: bring back keys/log-signing.pem"),
            std::string::npos)
      << server_.output();
  ASSERT_EQ(server_.stop(), 0);
  EXPECT_EQ(read_text(data() / "checkpoint"), before);
  std::filesystem::rename(folder_.path() / "log-signing.pem", data() / "keys" / "log-signing.pem");
  server_.start();
  EXPECT_TRUE(readiness_has("\"degraded\":[]"));
}

TEST_F(WitnessedLog, ThatWasPutBackIsToldByEverybody) {
  server_.start();
  static_cast<void>(open_marketplace(server_));
  ASSERT_EQ(server_.stop(), 0);
  std::filesystem::copy(data(), folder_.path() / "backup", std::filesystem::copy_options::recursive);
  server_.start();
  for (int round = 0; round < 4; ++round)
    block(round % 2 == 0);
  ASSERT_TRUE(readiness_has("\"degraded\":[]"));
  ASSERT_EQ(server_.stop(), 0);
  const auto newest = read_text(data() / "checkpoint");
  std::filesystem::remove_all(data());
  std::filesystem::copy(folder_.path() / "backup", data(), std::filesystem::copy_options::recursive);

  server_.start();
  ASSERT_TRUE(readiness_has("by the answer of w1.example, w2.example: it was forked, or put back"));
  EXPECT_NE(server_.output().find("the histories differ (a fork, or a log that was put back from an older backup)"),
            std::string::npos)
      << server_.output();
  for (int round = 0; round < 6; ++round)
    block(round % 2 != 0);
  EXPECT_TRUE(comes_to_have([&] { return first_.output(); }, "error not cosigned log=log.example")) << server_.output();
  ASSERT_EQ(server_.stop(), 0);

  std::ofstream(data() / "checkpoint", std::ios::trunc) << newest;
  server_.start();
  ASSERT_TRUE(readiness_has("failed:transparency"));
  EXPECT_EQ(ApiClient(server_.port()).get("", "/log/checkpoint").status, 503U);
  EXPECT_NE(server_.output().find("nothing more is published of the log: "), std::string::npos) << server_.output();
}

TEST_F(WitnessedLog, HasWitnessesThatLiveAndShareNoFolder) {
  EXPECT_EQ(ApiClient(first_.port()).get("", "/livez").body, R"({"alive":true})");
  http::RawClient probe(first_.port());
  ASSERT_TRUE(probe.send("HEAD /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_EQ(probe.receive_answer(true).status, 200U);
  EXPECT_EQ(ApiClient(first_.port()).get("", "/add-checkpoint").status, 405U);
  const auto folder = (folder_.path() / "w1").string();
  const auto second = run_gatehouse({"witness", "--data", folder, "--listen", "127.0.0.1:0", "--log", log_key()});
  EXPECT_NE(second.exit_code, 0);
  EXPECT_NE(second.output.find(folder + ": locked by process " + std::to_string(first_.process()) + "; stop it first"),
            std::string::npos)
      << second.output;
  const auto of_no_log = run_gatehouse({"witness", "--data", (folder_.path() / "w3").string()});
  EXPECT_NE(of_no_log.exit_code, 0);
  EXPECT_NE(of_no_log.output.find("a witness that knows no log cosigns nothing: give it --log"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::system_test
