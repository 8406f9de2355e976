// A shell or a service manager that allows few open files.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cstdlib>
#include <iostream>
#include <vector>

#include <gtest/gtest.h>

#include "tests/http/raw_client.hpp"
#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {
namespace {

class SoftLimit {
 public:
  explicit SoftLimit(rlim_t files) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit lower{files, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &lower);
  }
  SoftLimit(const SoftLimit&) = delete;
  SoftLimit& operator=(const SoftLimit&) = delete;
  ~SoftLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  [[nodiscard]] rlim_t hard() const { return before_.rlim_max; }

 private:
  rlimit before_{};
};

TEST(OpenFiles, a_low_soft_limit_does_not_limit_the_server) {
  constexpr rlim_t low = 256;
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  const SoftLimit limit(low);
  server.start();
  rlimit raised{};
  ASSERT_EQ(::prlimit(server.process(), RLIMIT_NOFILE, nullptr, &raised), 0);
  EXPECT_GT(raised.rlim_cur, low);
  EXPECT_EQ(raised.rlim_max, limit.hard());
  EXPECT_EQ(server.stop(), 0);
}

// Opens connections of one host after another until each of them has been turned away; the server's exit code.
int fill() {
  constexpr std::uint32_t hosts = 6;
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  std::vector<http::RawClient> clients;
  std::size_t served_first = 0;
  for (std::uint32_t host = 2; host < 2 + hosts; ++host) {
    do
      clients.push_back(http::RawClient::of_host(host, server.port()));
    while (clients.back().get("/readyz").status == 200);
    clients.pop_back();
    if (host == 2)
      served_first = clients.size();
  }
  const auto output = server.output();
  std::cerr << served_first << " of one, " << clients.size() << " served; " << output.substr(output.find("fewer"));
  return server.stop();
}

// In a process of its own, because a hard limit does not come back.
[[noreturn]] void fill_under(rlim_t hard) {
  const rlimit lower{hard, hard};
  std::exit(::setrlimit(RLIMIT_NOFILE, &lower) == 0 ? fill() : EXIT_FAILURE);
}

TEST(OpenFilesDeathTest, a_low_hard_limit_is_said_and_held_by_serving_fewer_connections) {
  // One of those that asked whether the server is ready may not be gone yet.
  EXPECT_EXIT(fill_under(300), ::testing::ExitedWithCode(0),
              "16 of one, (62|63) served; fewer connections.*connections=63 open_files=300");
}

}  // namespace
}  // namespace gatehouse::system_test
