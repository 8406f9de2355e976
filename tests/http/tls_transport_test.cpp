#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/transport.hpp"
#include "tests/http/certificate.hpp"
#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using namespace std::chrono_literals;

struct TlsTransport : ServerFixture {
  Options options() const { return {.tls = certificate.files()}; }

  TestCertificate certificate;
};

TEST_F(TlsTransport, serves_requests_on_a_kept_connection) {
  serve(echo, options());
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  for (int round = 0; round < 3; ++round)
    EXPECT_EQ(client.get("/secret").body, "GET /secret ");
}

TEST_F(TlsTransport, tells_the_handler_that_the_request_came_over_tls) {
  serve(held.handler(), options());
  auto client = connect();
  ASSERT_TRUE(client.start_tls("http/1.1"));
  client.send(get_a);
  ASSERT_TRUE(held.wait_for(1));
  EXPECT_TRUE(held.request(0).secure);
}

TEST_F(TlsTransport, keeps_the_order_of_pipelined_answers_from_other_threads) {
  serve(held.handler(), options());
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  for (int number = 0; number < 10; ++number)
    client.send("GET /" + std::to_string(number) + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(held.wait_for(10));
  for (std::size_t index = 10; index-- > 0;) {
    std::thread([&] { held.answer(index, {.body = held.request(index).target}); }).join();
  }
  for (int number = 0; number < 10; ++number)
    EXPECT_EQ(client.receive_answer().body, "/" + std::to_string(number));
}

TEST_F(TlsTransport, carries_large_bodies_both_ways) {
  serve([](Request request, Respond respond) { respond({.body = std::move(request.body)}); }, options());
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  const std::string body(1'000'000, 'b');
  for (int round = 0; round < 3; ++round) {
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + body);
    ASSERT_EQ(client.receive_answer().body, body);
  }
}

TEST_F(TlsTransport, sends_large_answers_whole_to_a_client_that_reads_late) {
  std::string large;
  for (int number = 0; large.size() < 20'000'000; ++number)
    large += std::to_string(number) + ",";
  const auto shared = std::make_shared<const std::string>(large);
  serve([&](const Request&, Respond respond) { respond({.body = shared}); }, options());
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  client.send(get_a + get_a);
  std::this_thread::sleep_for(200ms);
  EXPECT_TRUE(client.receive_answer().body == large) << "a byte was lost, doubled or moved";
  EXPECT_TRUE(client.receive_answer().body == large);
}

TEST_F(TlsTransport, cuts_a_client_that_does_not_read) {
  auto quick = options();
  quick.deadlines.write_grace = 300ms;
  quick.deadlines.write_bytes_per_second = 1'000'000'000;
  serve([](const Request&, Respond respond) { respond({.body = std::string(30'000'000, 'z')}); }, std::move(quick));
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  client.send(get_a);
  EXPECT_TRUE(eventually([&] { return server->counters().connections_closed == 1; }));
  EXPECT_EQ(server->counters().deadlines_missed, 1U);
}

TEST_F(TlsTransport, refuses_a_client_that_insists_on_another_protocol) {
  serve(echo, options());
  EXPECT_FALSE(connect().start_tls("h2"));
  EXPECT_TRUE(eventually([&] { return server->counters().handshakes_failed == 1; }));
}

TEST_F(TlsTransport, has_no_plain_text_for_a_client_that_forgot_tls) {
  serve(held.handler(), options());
  auto client = connect();
  client.send(get_a);
  EXPECT_THAT(client.receive_rest(), testing::Not(testing::HasSubstr("HTTP")));
  EXPECT_EQ(held.size(), 0U);
}

TEST_F(TlsTransport, cuts_a_handshake_that_takes_too_long) {
  auto quick = options();
  quick.deadlines.tls_handshake = 300ms;
  serve(echo, std::move(quick));
  auto client = connect();
  client.send("\x16\x03\x01");
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(server->counters().deadlines_missed, 1U);
}

TEST_F(TlsTransport, answers_a_slow_header_with_408) {
  auto quick = options();
  quick.deadlines.header = 300ms;
  serve(echo, std::move(quick));
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  client.send("GET / HTTP");
  EXPECT_EQ(client.receive_answer().status, 408U);
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(TlsTransport, answers_a_body_over_the_limit_while_the_client_is_still_sending_it) {
  serve(echo, options());
  auto client = connect();
  ASSERT_TRUE(client.start_tls());
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(3'000'000, 'x'));
  EXPECT_EQ(client.receive_answer().status, 413U);
}

TEST_F(TlsTransport, answers_what_it_has_accepted_before_it_stops) {
  serve(held.handler(), options());
  auto busy = connect();
  auto idle = connect();
  ASSERT_TRUE(busy.start_tls());
  ASSERT_TRUE(idle.start_tls());
  busy.send(get_a);
  ASSERT_TRUE(held.wait_for(1));
  server->stop();
  EXPECT_TRUE(idle.closed_by_server());
  held.answer(0, {.body = "kept"});
  EXPECT_EQ(busy.receive_answer().body, "kept");
  EXPECT_TRUE(busy.closed_by_server());
}

TEST_F(TlsTransport, starts_only_with_a_key_that_fits_the_certificate) {
  const TestCertificate other;
  Server mismatched{{.tls = TlsFiles{certificate.files().certificate_chain, other.files().private_key}}, echo};
  EXPECT_THROW(mismatched.start(), std::exception);
}

}  // namespace
}  // namespace gatehouse::http
