// What a connection answers to requests that no handler sees, and that it is closed after it.
#include <gtest/gtest.h>

#include "http/session.hpp"
#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using SessionRefusals = ServerFixture;

TEST_F(SessionRefusals, refuses_and_closes_and_reads_nothing_after_a_refusal) {
  serve(held.handler());
  auto client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get_a);
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.status, 411U);
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(held.size(), 0U);
}

TEST_F(SessionRefusals, lets_the_owner_format_refusals) {
  Options options;
  options.refusal_response = [](const Refusal& refusal, const RefusedHead& head, std::string_view request_id) {
    return Response{.status = refusal.status(),
                    .body = std::string{refusal.code()} + "!" + (request_id.empty() ? "" : "id") + head.target + "!" +
                            head.request_id};
  };
  serve(echo, std::move(options));
  auto client = connect();
  client.send("nonsense\r\n\r\n");
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.body, "malformed_request!id!");
  EXPECT_EQ(answer.header("connection"), "close") << "whatever the format says";
}

TEST_F(SessionRefusals, asks_whether_a_large_body_is_worth_reading_before_it_comes) {
  Options options{.limits = {.small_body_bytes = 4}};
  options.refuse_large_body = [](const Request& head, std::string_view request_id) -> std::optional<Response> {
    if (head.target == "/welcome")
      return std::nullopt;
    return Response{.status = 401, .body = head.method + (request_id.empty() ? "" : " id")};
  };
  serve(echo, std::move(options));
  const auto post = [](const std::string& target, const std::string& length) {
    return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
  };
  auto client = connect();
  client.send(post("/", "4") + "four" + post("/welcome", "5") + "fiver" + post("/", "5"));
  EXPECT_EQ(client.receive_answer().status, 200U);
  EXPECT_EQ(client.receive_answer().status, 200U);
  const auto refused = client.receive_answer();
  EXPECT_EQ(refused.status, 401U);
  EXPECT_EQ(refused.body, "POST id");
  EXPECT_EQ(refused.header("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(SessionRefusals, answers_a_body_over_the_limit_while_the_client_is_still_sending_it) {
  serve(echo, {.limits = {.body_bytes = 1000}});
  auto client = connect();
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(3'000'000, 'x'));
  EXPECT_EQ(client.receive_answer().status, 413U) << "the answer must not be lost to a reset";
}

}  // namespace
}  // namespace gatehouse::http
