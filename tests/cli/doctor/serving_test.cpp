#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "cli/running_server.hpp"
#include "store/data_lock.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using boost::asio::ip::tcp;
using ::testing::HasSubstr;

TEST(DoctorOnServing, finds_a_port_that_is_taken_and_an_address_that_is_not_ours) {
  boost::asio::io_context context;
  auto taken = std::make_unique<tcp::acceptor>(context, tcp::endpoint(tcp::v4(), 0));
  const auto port = taken->local_endpoint().port();
  EXPECT_EQ(check_port({"127.0.0.1", port}).verdict, Verdict::wrong);
  EXPECT_EQ(check_port({"192.0.2.1", port}).verdict, Verdict::wrong);
  EXPECT_EQ(check_port({"127.0.0.1", 0}).verdict, Verdict::ok);
}

TEST(DoctorOnServing, tells_what_a_server_that_is_not_ready_lacks) {
  const auto ready = judge_readiness(200, R"({"ready":true,"reasons":[],"degraded":[]})");
  EXPECT_EQ(ready.verdict, Verdict::ok);
  const auto degraded =
      judge_readiness(200, R"({"ready":true,"reasons":[],"degraded":["unpublished:transparency: x"]})");
  EXPECT_EQ(degraded.verdict, Verdict::warning);
  EXPECT_THAT(degraded.advice, HasSubstr("docs/transparency.md"));
  const auto failed = judge_readiness(
      200, R"({"ready":true,"reasons":[],"degraded":["failed:transparency: nothing new is published"]})");
  EXPECT_THAT(failed.advice, HasSubstr("docs/transparency.md")) << "it is no read model";
  const auto full = judge_readiness(503, R"({"ready":false,"reasons":["read_only:disk_full"],"degraded":[]})");
  EXPECT_EQ(full.verdict, Verdict::wrong);
  EXPECT_THAT(full.advice, HasSubstr("make room"));
  for (const auto* body : {"", "<html>", "[]", "{}"})
    EXPECT_EQ(judge_readiness(200, body).verdict, Verdict::wrong) << body;
}

TEST(DoctorOnServing, says_that_nobody_answers) {
  boost::asio::io_context context;
  auto taken = std::make_unique<tcp::acceptor>(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  const auto url = "http://127.0.0.1:" + std::to_string(taken->local_endpoint().port());
  taken.reset();
  EXPECT_EQ(check_readiness(url).verdict, Verdict::wrong);
}

TEST(DoctorOnServing, knows_a_running_server_by_its_lock_and_makes_none_to_find_out) {
  const gatehouse::testing::TemporaryFolder folder;
  const auto data = folder.path().string();
  EXPECT_FALSE(standing_of(data).server.has_value());
  EXPECT_TRUE(std::filesystem::is_empty(data));
  write_server_url(data, "http://127.0.0.1:1");
  {
    const auto lock = DataLock::take(data, false);
    ASSERT_TRUE(lock);
    EXPECT_EQ(standing_of(data).server, ::getpid());
    EXPECT_EQ(standing_of(data).url, "http://127.0.0.1:1");
  }
  EXPECT_FALSE(standing_of(data).server.has_value()) << "what it left behind is no server";
}

}  // namespace
}  // namespace gatehouse::cli
