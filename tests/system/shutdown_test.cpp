// How a server ends, and who else may touch its data meanwhile.
#include <boost/json/object.hpp>
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/system/marketplace.hpp"
#include "tests/system/random_commands.hpp"

namespace gatehouse::system_test {
namespace {

struct Tally {
  std::uint64_t version = 0;  // the newest that was acknowledged
  std::uint64_t answers = 0;
  std::string surprise;
};

std::uint64_t version_in(const Answer& answer) {
  return json_of(answer).as_object().at("account_version").to_number<std::uint64_t>();
}

// Sends until the server hangs up or says that it stops.
Tally keep_sending(const ServerProcess& server, const Tokens& tokens, std::size_t index) {
  Tally tally;
  RandomCommands commands(index, "c" + std::to_string(index));
  ApiClient client(server.port());
  for (;;) {
    const auto attempt = commands.next();
    const auto answer = client.post(tokens.find(attempt.caller)->second, account_commands, attempt.body, attempt.key);
    if (answer.status == 0 || answer.status == 503) return tally;
    ++tally.answers;
    if (answer.status == 200) tally.version = std::max(tally.version, version_in(answer));
    if (answer.status >= 500) tally.surprise = answer.head + answer.body;
  }
}

TEST(Shutdown, UnderLoadAnswersWhatItAcceptedAndExitsWithZero) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto tokens = open_marketplace(server);
  std::array<Tally, 4> tallies;
  std::vector<std::thread> threads;
  for (std::size_t index = 0; index < tallies.size(); ++index) {
    threads.emplace_back([&, index] { tallies[index] = keep_sending(server, tokens, index); });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(server.stop(), 0) << server.output();
  for (auto& thread : threads) thread.join();

  server.start();
  ApiClient client(server.port());
  const auto now = version_in(client.post(tokens.at("owner"), account_commands, R"({"type":"SetUserInstallBlock","blocked":false})"));
  for (const auto& tally : tallies) {
    EXPECT_GT(tally.answers, 0U);
    EXPECT_LE(tally.version, now);
    EXPECT_EQ(tally.surprise, "");
  }
}

TEST(Shutdown, LetsAPipelineOfAcceptedCommandsHaveAllItsAnswers) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto tokens = open_marketplace(server);
  const std::string body = R"({"type":"SetUserInstallBlock","blocked":true})";
  const auto request = "POST " + std::string(account_commands) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                       tokens.at("owner") + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body;
  http::RawClient client(server.port());
  ASSERT_TRUE(client.send(request));
  ASSERT_EQ(client.receive_answer().status, 200U);
  ASSERT_TRUE(client.send(request + request));
  EXPECT_EQ(client.receive_answer().status, 200U);
  server.begin_stop();
  const auto last = client.receive_answer();
  EXPECT_TRUE(last.status == 200 || last.status == 503) << last.head << last.body;
  EXPECT_EQ(server.wait_for_end(), 0) << server.output();
}

TEST(Shutdown, ASecondServerOnTheSameDataSaysWhoHasIt) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto second = run_gatehouse({"serve", "--data", server.data().string(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.exit_code, 2) << second.output;
  EXPECT_NE(second.output.find(server.data().string()), std::string::npos) << second.output;
  EXPECT_EQ(http::RawClient(server.port()).get("/readyz").status, 200U);
}

TEST(Shutdown, VerificationOfDataThatAServerHoldsSaysSo) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto verified = run_gatehouse({"replay", "verify", "--data", server.data().string()});
  EXPECT_NE(verified.exit_code, 0);
  EXPECT_NE(verified.output.find(server.data().string()), std::string::npos) << verified.output;
}

TEST(Shutdown, AnAddressThatIsTakenIsToldBeforeTheDataIsServed) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto second = run_gatehouse({"serve", "--data", (folder.path() / "other").string(), "--listen",
                                     "127.0.0.1:" + std::to_string(server.port())});
  EXPECT_EQ(second.exit_code, 1) << second.output;
  EXPECT_NE(second.output.find(std::to_string(server.port())), std::string::npos) << second.output;
}

}  // namespace
}  // namespace gatehouse::system_test
