// As many connections as a low limit of open files allows, and more that are turned away: those within go on, and the store has the files that it
// needs, also for new tables.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

#include "tests/faults/workload.hpp"

namespace gatehouse::faults {
namespace {

constexpr rlim_t few = 300;

std::vector<http::RawClient> take_all_places(const ServerProcess& server) {
  std::vector<http::RawClient> clients;
  for (std::uint32_t host = 2; host < 10; ++host) {
    do
      clients.push_back(http::RawClient::of_host(host, server.port()));
    while (clients.back().get("/livez").status == 200);
    clients.pop_back();
  }
  return clients;
}

[[nodiscard]] bool comes_to_be_rebuilt(ApiClient& within, const std::string& ops) {
  for (int look = 0; look < 3'000; ++look) {
    const auto answer = within.get(ops, "/v1/ops/projections/requests");
    if (answer.body.find("\"outcome\"") != std::string::npos || answer.body.find("switched") != std::string::npos)
      return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return false;
}

// The exit code, of the server if all went well.
int work_among_many() {
  const system_test::ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  Workload work(1);
  work.begin(server);
  ApiClient within(server.port());
  const auto& tokens = work.tokens();
  const auto ask = [&](int round) {
    const auto id = "w" + std::to_string(round);
    return within
        .post(tokens.at("directory"), system_test::account_commands,
              R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id + R"(@example.com"})")
        .status;
  };
  if (ask(0) != 200)
    return 10;
  {
    const auto clients = take_all_places(server);
    std::cerr << clients.size() << " connections; ";
    for (int round = 1; round < 100; ++round) {
      if (ask(round) != 200)
        return 11;
    }
    const auto begun = within.post(tokens.at("ops"), "/v1/ops/projections/requests/rebuild", "").status;
    if (begun != 202 || !comes_to_be_rebuilt(within, tokens.at("ops")))
      return 12;
    const auto ready = within.get("", "/readyz");
    std::cerr << ready.body << "; ";
  }
  for (int look = 0; look < 3'000; ++look) {
    if (http::RawClient(server.port()).get("/readyz").status == 200)
      return server.stop();
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return 13;
}

// In a process of its own, because a hard limit does not come back.
[[noreturn]] void work_under(rlim_t hard) {
  const rlimit lower{hard, hard};
  std::exit(::setrlimit(RLIMIT_NOFILE, &lower) == 0 ? work_among_many() : EXIT_FAILURE);
}

TEST(FewDescriptorsDeathTest, AllTakenByConnectionsLeaveTheStoreItsOwn) {
  EXPECT_EXIT(work_under(few), ::testing::ExitedWithCode(0), "[0-9][0-9] connections; .\"ready\":true");
}

}  // namespace
}  // namespace gatehouse::faults
