// A shell or a service manager that allows few open files.
#include <sys/resource.h>

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

// Opens connections until one is turned away; the server's exit code.
int fill() {
  const ScratchFolder folder;
  ServerProcess server(folder.path() / "data");
  server.start();
  std::vector<http::RawClient> clients;
  do clients.emplace_back(server.port());
  while (clients.back().get("/readyz").status == 200);
  const auto output = server.output();
  std::cerr << clients.size() - 1 << " served; " << output.substr(output.find("fewer"));
  return server.stop();
}

// In a process of its own, because a hard limit does not come back.
[[noreturn]] void fill_under(rlim_t hard) {
  const rlimit lower{hard, hard};
  std::exit(::setrlimit(RLIMIT_NOFILE, &lower) == 0 ? fill() : EXIT_FAILURE);
}

TEST(OpenFilesDeathTest, a_low_hard_limit_is_said_and_held_by_serving_fewer_connections) {
  // One of those that asked whether the server is ready may not be gone yet.
  EXPECT_EXIT(fill_under(300), ::testing::ExitedWithCode(0), "(80|81) served; fewer connections.*connections=81 open_files=300");
}

}  // namespace
}  // namespace gatehouse::system_test
