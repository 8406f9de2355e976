#include "http/session.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using SessionTest = ServerFixture;

TEST_F(SessionTest, answers_one_request_after_another_on_one_connection) {
  serve(echo);
  auto client = connect();
  for (int round = 0; round < 5; ++round) {
    const auto answer = client.get("/" + std::to_string(round));
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, "GET /" + std::to_string(round) + " ");
    EXPECT_EQ(answer.header("connection"), "");
    EXPECT_EQ(answer.header("date").size(), 29U);
  }
  EXPECT_EQ(server->counters().connections_accepted, 1U);
  EXPECT_EQ(server->counters().requests, 5U);
}

TEST_F(SessionTest, tells_the_handler_who_asks_and_names_the_request) {
  serve(held.handler());
  auto client = connect();
  client.send(get_a + get_a);
  ASSERT_TRUE(held.wait_for(2));
  EXPECT_EQ(held.request(0).peer_address, "127.0.0.1");
  EXPECT_FALSE(held.request(0).secure);
  EXPECT_FALSE(held.request(0).request_id.empty());
  EXPECT_NE(held.request(0).request_id, held.request(1).request_id);
  EXPECT_LE(held.request(0).received_at, std::chrono::steady_clock::now());
}

TEST_F(SessionTest, keeps_the_order_of_pipelined_requests_that_are_answered_in_another) {
  serve(held.handler());
  auto client = connect();
  for (int number = 0; number < 4; ++number)
    client.send("GET /" + std::to_string(number) + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(held.wait_for(4)) << "they are handled at once, not one after the other";
  for (const std::size_t index : {2U, 3U, 1U, 0U}) {
    std::thread([&] { held.answer(index, {.body = "answer " + held.request(index).target}); }).join();
  }
  for (int number = 0; number < 4; ++number)
    EXPECT_EQ(client.receive_answer().body, "answer /" + std::to_string(number));
}

TEST_F(SessionTest, accepts_no_more_pipelined_requests_than_its_limit) {
  serve(held.handler(), {.limits = {.pipelined_requests = 3}});
  auto client = connect();
  for (int number = 0; number < 8; ++number)
    client.send(get_a);
  ASSERT_TRUE(held.wait_for(3));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(held.size(), 3U);
  for (std::size_t number = 0; number < 8; ++number) {
    ASSERT_TRUE(held.wait_for(number + 1));
    held.answer(number, {.body = "x"});
    EXPECT_EQ(client.receive_answer().status, 200U);
  }
}

TEST_F(SessionTest, works_on_nothing_beside_what_may_change_something) {
  serve(held.handler());
  auto client = connect();
  const std::string change = "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
  client.send(get_a + get_a + change + get_a + get_a);
  const auto wait_for_no_more_than = [&](std::size_t requests) {
    EXPECT_TRUE(held.wait_for(requests));
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    EXPECT_EQ(held.size(), requests);
  };
  wait_for_no_more_than(2);
  held.answer(1, {.body = "x"});
  wait_for_no_more_than(2);
  held.answer(0, {.body = "x"});
  wait_for_no_more_than(3);
  EXPECT_EQ(held.request(2).method, "POST");
  held.answer(2, {.body = "x"});
  wait_for_no_more_than(5);
  held.answer(3, {.body = "x"});
  held.answer(4, {.body = "x"});
  for (int number = 0; number < 5; ++number)
    EXPECT_EQ(client.receive_answer().status, 200U);
}

TEST_F(SessionTest, serves_many_pipelined_requests_of_one_packet) {
  serve(echo);
  auto client = connect();
  std::string burst;
  for (int number = 0; number < 500; ++number) {
    burst += "POST /" + std::to_string(number) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
  }
  client.send(burst);
  for (int number = 0; number < 500; ++number) {
    ASSERT_EQ(client.receive_answer().body, "POST /" + std::to_string(number) + " abc");
  }
}

TEST_F(SessionTest, answers_head_as_get_without_the_body) {
  serve(echo);
  auto client = connect();
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.receive_answer(true);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("content-length"), "10");
  EXPECT_EQ(client.get("/next").body, "GET /next ") << "no stray body came in between";
}

TEST_F(SessionTest, closes_after_an_answer_when_the_client_asks_for_it) {
  serve(echo);
  auto client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get_a);
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(SessionTest, closes_after_an_answer_when_the_handler_asks_for_it) {
  serve(held.handler());
  auto client = connect();
  client.send(get_a + get_a);
  ASSERT_TRUE(held.wait_for(2));
  held.answer(1, {.body = "never sent"});
  held.answer(0, {.body = "bye", .close = true});
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.body, "bye");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(SessionTest, speaks_http_1_0_with_and_without_keep_alive) {
  serve(echo);
  auto client = connect();
  client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const auto kept = client.receive_answer();
  EXPECT_EQ(kept.status, 200U);
  EXPECT_EQ(kept.header("connection"), "keep-alive");
  client.send("GET /b HTTP/1.0\r\n\r\n");
  const auto last = client.receive_answer();
  EXPECT_EQ(last.body, "GET /b ");
  EXPECT_EQ(last.header("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(SessionTest, sends_100_continue_only_after_the_answers_before_it) {
  serve(held.handler());
  auto client = connect();
  client.send(get_a + "POST /b HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_TRUE(held.wait_for(1));
  held.answer(0, {.body = "first"});
  EXPECT_EQ(client.receive_answer().body, "first");
  EXPECT_EQ(client.receive_answer().status, 100U);
  client.send("ok");
  ASSERT_TRUE(held.wait_for(2));
  EXPECT_EQ(held.request(1).body, "ok");
  held.answer(1, {.status = 204});
  EXPECT_EQ(client.receive_answer().status, 204U);
}

TEST_F(SessionTest, answers_500_for_a_handler_that_forgets_throws_or_errs) {
  std::vector<std::string> reports;
  Options options;
  options.report = [&](std::string_view report) { reports.emplace_back(report); };
  serve(
      [](const Request& request, Respond respond) {
        if (request.target == "/throw")
          throw std::runtime_error("boom");
        if (request.target == "/inject")
          respond({.headers = {{"X", "a\r\nY: b"}}});
      },
      std::move(options));
  for (const std::string target : {"/forget", "/throw", "/inject"}) {
    auto client = connect();
    const auto answer = client.get(target);
    EXPECT_EQ(answer.status, 500U) << target;
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_THAT(answer.body, testing::HasSubstr("internal_error"));
    EXPECT_EQ(answer.header("y"), "");
  }
  EXPECT_EQ(server->counters().answers_missing, 3U);
  server.reset();
  EXPECT_THAT(reports, testing::UnorderedElementsAre(testing::HasSubstr("boom"), testing::HasSubstr("not sendable")));
}

TEST_F(SessionTest, answers_a_client_that_has_finished_sending) {
  serve(held.handler());
  auto client = connect();
  client.send(get_a);
  client.finish_sending();
  ASSERT_TRUE(held.wait_for(1));
  held.answer(0, {.body = "still there"});
  EXPECT_EQ(client.receive_answer().body, "still there");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(SessionTest, never_hands_over_a_request_that_is_cut_short) {
  serve(held.handler());
  for (const std::string start : {"GET /a HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
                                  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nfour"}) {
    auto client = connect();
    client.send(start);
    client.finish_sending();
    const auto answer = client.receive_answer();
    EXPECT_EQ(answer.status, 400U) << start;
    EXPECT_TRUE(client.closed_by_server());
  }
  EXPECT_EQ(held.size(), 0U);
}

TEST_F(SessionTest, survives_answers_for_a_client_that_hung_up) {
  serve(held.handler());
  auto client = connect();
  client.send(get_a + get_a + get_a);
  ASSERT_TRUE(held.wait_for(3)) << "a request that arrived is handled whatever becomes of its client";
  client.reset();
  ASSERT_TRUE(eventually([&] { return server->counters().connections_closed == 1; }));
  std::thread other([&] {
    held.answer(0, {.body = "nobody"});
    held.drop(1);
  });
  other.join();
  held.answer(2, {.body = "nobody"});
  EXPECT_TRUE(eventually([&] { return server->counters().answers_undeliverable == 3; }));
}

TEST_F(SessionTest, tells_the_handler_that_the_client_has_gone_also_behind_its_last_request) {
  serve(held.handler());
  for (const auto* connection : {"keep-alive", "close"}) {
    const auto index = held.size();
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: " + std::string(connection) + "\r\n\r\n");
    ASSERT_TRUE(held.wait_for(index + 1));
    EXPECT_FALSE(held.request(index).hung_up->load());
    client.finish_sending();
    EXPECT_TRUE(eventually([&] { return held.request(index).hung_up->load(); })) << connection;
    held.answer(index, {.body = "still"});
    EXPECT_EQ(client.receive_answer().body, "still");
    EXPECT_TRUE(client.closed_by_server());
  }
}

TEST_F(SessionTest, sends_large_answers_whole) {
  const auto large = std::make_shared<const std::string>(20'000'000, 'y');
  serve([&](const Request&, Respond respond) { respond({.body = large}); });
  auto client = connect();
  client.send(get_a + get_a);
  EXPECT_EQ(client.receive_answer().body, *large);
  EXPECT_EQ(client.receive_answer().body, *large);
}

}  // namespace
}  // namespace gatehouse::http
