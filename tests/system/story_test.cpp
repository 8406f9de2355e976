// The demonstration against a real server, and what a restart leaves of it.
#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

Finished play_demo(const ServerProcess& server) {
  return run_gatehouse({"demo", "--url", server.url(), "--data", server.data().string()});
}

TEST(Story, IsPlayedOverHttpWithoutASurprise) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto played = play_demo(server);
  EXPECT_EQ(played.exit_code, 0) << played.output;
  EXPECT_EQ(server.stop(), 0) << server.output();
}

TEST(Story, CanBePlayedASecondTimeOnTheSameServer) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  EXPECT_EQ(play_demo(server).exit_code, 0);
  const auto again = play_demo(server);
  EXPECT_EQ(again.exit_code, 0) << again.output;
}

TEST(Story, FailsWithoutAServer) {
  const ScratchFolder folder;
  const auto played = run_gatehouse({"demo", "--url", "http://127.0.0.1:1", "--data", folder.path().string()});
  EXPECT_NE(played.exit_code, 0);
  EXPECT_FALSE(played.output.empty());
}

TEST(Story, AServerThatIsStartedAgainTellsTheSame) {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  const auto tokens = open_marketplace(server);
  ASSERT_EQ(ApiClient(server.port())
                .post(tokens.at("admin"), account_commands,
                      R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})")
                .status,
            200U);
  const auto tell = [&] {
    ApiClient client(server.port());
    std::vector<std::string> told;
    for (const auto* path : {"/events", "/members", "/approvals", "/apps/notes", "/apps", "/permissions", "/roles"}) {
      const auto answer = client.get(tokens.at("viewer"), "/v1/accounts/acme" + std::string(path));
      EXPECT_EQ(answer.status, 200U) << path << answer.body;
      told.push_back(answer.body);
    }
    return told;
  };
  const auto before = tell();
  EXPECT_EQ(server.stop(), 0) << server.output();
  server.start();
  EXPECT_EQ(tell(), before);
}

}  // namespace
}  // namespace gatehouse::system_test
