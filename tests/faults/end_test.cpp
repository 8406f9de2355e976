// How the server ends: when it is told to more than once, when it has no memory left. And that hardly anything makes it run out of it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <array>
#include <atomic>
#include <fstream>
#include <future>

#include "tests/faults/workload.hpp"

namespace gatehouse::faults {
namespace {

constexpr std::uint64_t mebibyte = 1U << 20U;
#if defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

// A line of /proc/<process>/status.
std::uint64_t memory_of(const ServerProcess& server, std::string_view line) {
  std::ifstream status("/proc/" + std::to_string(server.process()) + "/status");
  for (std::string text; std::getline(status, text);) {
    if (text.starts_with(line))
      return std::stoull(text.substr(line.size())) * 1'024;
  }
  return 0;
}

class End : public testing::Test {
 protected:
  void SetUp() override {
    server_.start();
    work_.begin(server_);
  }
  // Goes on until the server does not answer, or says that it stops.
  std::future<std::vector<Sent>> load(std::size_t clients) {
    return std::async(std::launch::async, [this, clients] {
      return work_.run(server_, clients, [this](const Sent& one) {
        ++answers_;
        return one.answer.status >= 500;
      });
    });
  }
  void wait_for_answers(std::size_t count) const {
    while (answers_ < count)
      std::this_thread::yield();
  }
  void prove() {
    server_.start();
    EXPECT_EQ(work_.prove(server_), "");
    EXPECT_EQ(server_.stop(), 0) << server_.output();
    EXPECT_EQ(Workload::verify(server_), "");
  }

  system_test::ScratchFolder folder_;
  ServerProcess server_{folder_.path() / "data"};
  Workload work_{std::random_device()()};
  std::atomic<std::size_t> answers_ = 0;
};

TEST_F(End, BySignalAfterSignalIsTheSameOrderlyOne) {
  auto sent = load(4);
  wait_for_answers(50);
  for (const int number : {SIGTERM, SIGTERM, SIGINT, SIGHUP, SIGTERM})
    ::kill(server_.process(), number);
  EXPECT_EQ(server_.wait_for_end(), 0) << server_.output();
  for (const auto& one : sent.get()) {
    EXPECT_TRUE(one.answer.status < 500 || code_of(one.answer) == "stopping" || code_of(one.answer) == "read_only")
        << one.answer.head << one.answer.body;
  }
  prove();
}

TEST_F(End, ForWantOfMemoryLosesNothing) {
  auto sent = load(4);
  wait_for_answers(50);
  const auto size = memory_of(server_, "VmSize:");
  const rlimit little{size + mebibyte, size + mebibyte};
  ASSERT_EQ(::prlimit(server_.process(), RLIMIT_AS, &little, nullptr), 0);
  // What needs more than there is: many whole bodies at once.
  std::vector<http::RawClient> clients;
  for (int count = 0; count < 64 && ::kill(server_.process(), 0) == 0; ++count) {
    clients.emplace_back(server_.port());
    clients.back().send(
        "POST /v1/accounts/acme/commands HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n" +
        std::string(1'000'000, ' '));
  }
  const auto ready = ApiClient(server_.port()).get("", "/readyz").status;
  EXPECT_TRUE(ready == 0 || ready == 200 || ready == 503) << ready;
  server_.kill();
  for (const auto& one : sent.get())
    EXPECT_TRUE(one.answer.status < 500 || one.answer.status == 503) << one.answer.head << one.answer.body;
  prove();
}

// The bound is what `gatehouse doctor` says that the server may come to need, and what the bodies take.
TEST_F(End, IsNotBroughtAboutByLargeBodies) {
  constexpr std::uint64_t bound = 640 * mebibyte;
  constexpr std::size_t clients_count = 32;
  const auto& owner = work_.tokens().at("owner");
  std::string command = R"({"type":"AddMember","user_id":"x","email":"x@example.com"})";
  std::string batch = R"({"commands":[)" + command;
  while (batch.size() + command.size() + 4 < mebibyte)
    batch += "," + command;
  batch += "]}";
  std::vector<std::future<unsigned>> answers;
  for (std::size_t count = 0; count < clients_count; ++count) {
    answers.push_back(std::async(std::launch::async, [&] {
      return ApiClient(server_.port()).post(owner, system_test::account_commands, batch).status;
    }));
  }
  for (auto& answer : answers) {
    const auto status = answer.get();
    EXPECT_TRUE((status >= 400 && status < 500) || status == 503) << status;
  }
  EXPECT_EQ(ApiClient(server_.port()).post(owner, system_test::account_commands, batch + std::string(16, ' ')).status,
            413U);
  EXPECT_EQ(work_.one(server_).answer.status, 200U);
  if (!is_sanitized) {
    EXPECT_LT(memory_of(server_, "VmHWM:"), bound + clients_count * 2 * mebibyte);
  }
  EXPECT_EQ(server_.stop(), 0) << server_.output();
}

}  // namespace
}  // namespace gatehouse::faults
