// A disk that is really full: below the reserve, where commands are refused in time, and without one, in the middle of a write.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <thread>

#include "tests/faults/own_file_system.hpp"
#include "tests/faults/workload.hpp"

namespace gatehouse::faults {
namespace {

constexpr std::uint64_t mebibyte = 1U << 20U;
constexpr std::uint64_t disk_bytes = 256 * mebibyte;
constexpr auto patience = std::chrono::seconds{30};

testing::AssertionResult comes_true(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline)
      return testing::AssertionFailure() << "not within " << patience.count() << " s";
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  return testing::AssertionSuccess();
}

class FullDisk : public testing::Test {
 protected:
  // Otherwise there is nothing to try.
  [[nodiscard]] static bool can_fill_disks() {
    static const bool may = may_mount();
    if (!may)
      std::cout << "mounting is not allowed here, so no disk can be filled" << std::endl;
    return may;
  }

  // With a reserve of 8 MiB and a ballast of 4, or with none.
  ServerProcess& server_on(OwnFileSystem& disk, bool with_reserve) {
    const auto file = folder_.path() / "gatehouse.toml";
    std::ofstream(file) << "[disk]\nfree_bytes_min = " << (with_reserve ? 8 * mebibyte : 0)
                        << "\nballast_bytes = " << (with_reserve ? 4 * mebibyte : 0) << "\n";
    return server_.emplace(disk.path() / "data", std::vector<std::string>{"--config", file.string()});
  }
  [[nodiscard]] std::string readiness() const { return ApiClient(server_->port()).get("", "/readyz").body; }
  [[nodiscard]] unsigned members() const {
    return ApiClient(server_->port()).get(work_.tokens().at("owner"), "/v1/accounts/acme/members").status;
  }
  [[nodiscard]] bool takes_commands() { return work_.one(*server_).answer.status == 200; }

  // After all: nothing is lost, by the answers and by the log.
  void prove() {
    EXPECT_EQ(work_.prove(*server_), "");
    EXPECT_EQ(server_->stop(), 0) << server_->output();
    EXPECT_EQ(Workload::verify(*server_), "");
  }

  system_test::ScratchFolder folder_;
  Workload work_{std::random_device()()};
  std::optional<ServerProcess> server_;
};

TEST_F(FullDisk, BelowTheReserveRefusesCommandsServesQueriesAndGoesOnByItself) {
  if (!can_fill_disks())
    return;
  OwnFileSystem disk(disk_bytes);
  auto& server = server_on(disk, true);
  server.start();
  work_.begin(server);
  disk.fill(6 * mebibyte);
  const auto refused = work_.one(server).answer;
  EXPECT_EQ(refused.status, 503U);
  EXPECT_EQ(code_of(refused), "disk_full") << refused.body;
  EXPECT_FALSE(refused.header("Retry-After").empty());
  EXPECT_NE(readiness().find("read_only:disk_full"), std::string::npos) << readiness();
  EXPECT_EQ(members(), 200U);

  // Still fuller: the ballast is given back, so that a restart has room, too.
  disk.fill(0);
  EXPECT_EQ(code_of(work_.one(server).answer), "disk_full");
  EXPECT_TRUE(comes_true([&] { return disk.free_bytes() >= 4 * mebibyte; }));
  EXPECT_EQ(members(), 200U);

  disk.make_room();
  EXPECT_TRUE(comes_true([this] { return takes_commands(); }));
  EXPECT_NE(readiness().find("\"ready\":true"), std::string::npos) << readiness();
  prove();
}

TEST_F(FullDisk, AStartOnItServesQueriesAndGoesOnByItself) {
  if (!can_fill_disks())
    return;
  OwnFileSystem disk(disk_bytes);
  auto& server = server_on(disk, true);
  server.start();
  work_.begin(server);
  work_.run(server, 2, [count = std::make_shared<std::atomic<int>>(0)](const Sent&) { return ++*count > 200; });
  server.kill();
  disk.fill(0);
  server.start(
      ServerProcess::Until::alive);  // it gives back the ballast, and what the log's files have after the last flush
  disk.fill(0);
  EXPECT_EQ(code_of(work_.one(server).answer), "disk_full");
  EXPECT_NE(readiness().find("read_only:disk_full"), std::string::npos) << server.output();
  EXPECT_EQ(members(), 200U);
  disk.make_room();
  EXPECT_TRUE(comes_true([this] { return takes_commands(); }));
  prove();
}

TEST_F(FullDisk, MetInTheMiddleOfWritesLosesNothingAndGoesOnByItself) {
  if (!can_fill_disks())
    return;
  for (int round = 0; round < 2 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    OwnFileSystem disk(disk_bytes);
    auto& server = server_on(disk, false);
    work_ = Workload(std::random_device()());
    server.start();
    work_.begin(server);
    auto load = std::async(std::launch::async, [&] {
      return work_.run(server, 4, [](const Sent& one) { return one.answer.status >= 500; });
    });
    std::this_thread::sleep_for(std::chrono::milliseconds{100 * round});
    disk.fill(0);
    const auto sent = load.get();
    for (const auto& one : sent)
      EXPECT_TRUE(one.answer.status < 500 || one.answer.status == 503) << one.answer.head << one.answer.body;
    EXPECT_EQ(members(), 200U) << server.output();
    EXPECT_NE(readiness().find("read_only:failed"), std::string::npos) << readiness();
    EXPECT_EQ(code_of(work_.one(server).answer), "read_only");
    disk.make_room();
    EXPECT_TRUE(comes_true([&] { return takes_commands(); })) << server.output();
    prove();
  }
}

}  // namespace
}  // namespace gatehouse::faults
