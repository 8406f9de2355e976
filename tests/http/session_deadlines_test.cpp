#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "http/session.hpp"
#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock;

// A deadline may be noticed one sweep late, and a busy machine is slower still.
constexpr auto slack = 2000ms;

struct SessionDeadlines : ServerFixture {
  static Options quick() {
    return {.deadlines = {.header = 300ms,
                          .body_grace = 300ms,
                          .body_bytes_per_second = 1000,
                          .write_grace = 300ms,
                          .write_bytes_per_second = 100'000'000,
                          .idle = 600ms,
                          .linger = 200ms}};
  }

  Time::duration lasted() const { return Time::now() - start; }

  Time::time_point start = Time::now();
};

TEST_F(SessionDeadlines, answer_408_to_a_header_that_trickles) {
  serve(held.handler(), quick());
  auto client = connect();
  std::thread trickle([&] {
    for (const char byte : std::string_view{"GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\n"}) {
      if (!client.send({&byte, 1}))
        return;
      std::this_thread::sleep_for(50ms);
    }
  });
  const auto answer = client.receive_answer();
  trickle.join();
  EXPECT_EQ(answer.status, 408U);
  EXPECT_GE(lasted(), 300ms);
  EXPECT_EQ(refusals(RefusalKind::request_timeout), 1U);
  EXPECT_EQ(server->counters().deadlines_missed, 1U);
}

TEST_F(SessionDeadlines, answer_408_to_a_body_below_the_least_rate) {
  serve(held.handler(), quick());
  auto client = connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.status, 408U);
  EXPECT_GE(lasted(), 300ms);
  EXPECT_LT(lasted(), 300ms + slack);
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(held.size(), 0U);
}

TEST_F(SessionDeadlines, let_a_body_take_its_time_at_a_fair_rate) {
  serve(echo, quick());
  auto client = connect();
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
  for (int part = 0; part < 10; ++part) {
    client.send(std::string(500, 'x'));
    std::this_thread::sleep_for(60ms);
  }
  EXPECT_GE(lasted(), 600ms) << "longer than the grace";
  EXPECT_EQ(client.receive_answer().status, 200U);
}

TEST_F(SessionDeadlines, close_an_idle_connection_without_a_word) {
  serve(echo, quick());
  auto silent = connect();
  EXPECT_TRUE(silent.closed_by_server());
  EXPECT_GE(lasted(), 600ms);
  EXPECT_LT(lasted(), 600ms + slack);
  EXPECT_EQ(server->counters().deadlines_missed, 0U);
}

TEST_F(SessionDeadlines, count_idleness_from_the_last_answer) {
  serve(echo, quick());
  auto client = connect();
  for (int round = 0; round < 4; ++round) {
    std::this_thread::sleep_for(250ms);
    ASSERT_EQ(client.get("/").status, 200U) << round;
  }
  start = Time::now();
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_GE(lasted(), 550ms);
}

TEST_F(SessionDeadlines, never_hurry_a_handler) {
  serve(held.handler(), quick());
  auto client = connect();
  client.send(get_a);
  ASSERT_TRUE(held.wait_for(1));
  std::this_thread::sleep_for(1200ms);
  held.answer(0, {.body = "at last"});
  EXPECT_EQ(client.receive_answer().body, "at last");
}

TEST_F(SessionDeadlines, cut_a_client_that_does_not_read) {
  serve([](const Request&, Respond respond) { respond({.body = std::string(30'000'000, 'z')}); }, quick());
  auto client = connect();
  client.send(get_a);
  EXPECT_TRUE(eventually([&] { return server->counters().connections_closed == 1; }));
  EXPECT_GE(lasted(), 300ms);
  EXPECT_EQ(server->counters().deadlines_missed, 1U);
  EXPECT_LT(client.receive_rest().size(), 30'000'000U);
}

TEST_F(SessionDeadlines, wait_only_so_long_for_a_client_to_close) {
  serve(echo, quick());
  auto client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive_answer().status, 200U);
  EXPECT_TRUE(eventually([&] { return server->counters().connections_closed == 1; }));
  EXPECT_GE(lasted(), 200ms);
  EXPECT_LT(lasted(), 200ms + slack);
}

}  // namespace
}  // namespace gatehouse::http
