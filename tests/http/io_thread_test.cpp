#include "http/io_thread.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using IoThreadTest = ServerFixture;

TEST_F(IoThreadTest, refuses_connections_beyond_its_limit_with_503) {
  serve(echo, {.limits = {.connections = 3}});
  std::vector<RawClient> clients;
  for (int client = 0; client < 3; ++client) {
    clients.push_back(connect());
    ASSERT_EQ(clients.back().get("/").status, 200U);
  }
  auto refused = connect();
  const auto answer = refused.receive_answer();
  EXPECT_EQ(answer.status, 503U);
  EXPECT_EQ(answer.header("retry-after"), "1");
  EXPECT_THAT(answer.body, testing::HasSubstr("too_many_connections"));
  EXPECT_TRUE(refused.closed_by_server());
  EXPECT_EQ(server->counters().connections_refused, 1U);
  EXPECT_EQ(clients[0].get("/").status, 200U) << "those within are not disturbed";

  clients.pop_back();
  EXPECT_TRUE(eventually([&] { return connect().get("/").status == 200; })) << "a place was given back";
}

TEST_F(IoThreadTest, refuses_connections_beyond_its_limit_for_one_address) {
  serve(echo, {.threads = 2, .limits = {.connections = 100, .connections_per_address = 2}});
  auto first = connect();
  auto second = connect();
  EXPECT_EQ(first.get("/").status, 200U);
  EXPECT_EQ(second.get("/").status, 200U);
  EXPECT_EQ(connect().receive_answer().status, 503U) << "whichever thread it lands on";
}

TEST_F(IoThreadTest, serves_many_connections_at_once) {
  constexpr int count = 400;
  serve(
      [](const Request& request, Respond respond) {
        std::thread([target = request.target, respond = std::move(respond)]() mutable {
          respond({.body = target});
        }).detach();
      },
      {.threads = 2});
  std::vector<RawClient> clients;
  for (int number = 0; number < count; ++number)
    clients.push_back(connect());
  for (int round = 0; round < 3; ++round) {
    for (int number = 0; number < count; ++number) {
      clients[static_cast<std::size_t>(number)].send("GET /" + std::to_string(number) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    for (int number = 0; number < count; ++number) {
      ASSERT_EQ(clients[static_cast<std::size_t>(number)].receive_answer().body, "/" + std::to_string(number));
    }
  }
  EXPECT_EQ(server->counters().requests, 3U * count);
  EXPECT_EQ(server->counters().answers, 3U * count);
}

}  // namespace
}  // namespace gatehouse::http
