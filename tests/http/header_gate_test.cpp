#include "http/header_gate.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/hostile_blocks.hpp"

namespace gatehouse::http {
namespace {

std::string get_with(std::string_view fields) {
  return "GET /v1/accounts/a?x=1 HTTP/1.1\r\nHost: example.com\r\n" + std::string{fields} + "\r\n";
}

std::string code_of(std::string_view block, const Limits& limits = {}) {
  const auto outcome = check_header_block(block, limits);
  return outcome ? "let through" : std::string{outcome.error().code()};
}

TEST(HeaderGate, turns_away_every_hostile_block_for_the_right_reason) {
  const auto blocks = hostile_blocks();
  ASSERT_GE(blocks.size(), 120U);
  for (const auto& [what, block, code] : blocks) {
    EXPECT_EQ(code_of(block), code) << what << ": " << testing::PrintToString(block);
  }
}

TEST(HeaderGate, lets_an_ordinary_request_through) {
  const auto framing = check_header_block(
      "POST /v1/accounts/acme/commands?dry_run=true HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: curl/7.88.1\r\n"
      "Accept: */*\r\nAuthorization: Bearer a.b.c\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n");
  ASSERT_TRUE(framing) << framing.error().detail;
  EXPECT_EQ(framing->content_length, 12U);
  EXPECT_TRUE(framing->keep_alive);
  EXPECT_FALSE(framing->http_1_0);
  EXPECT_FALSE(framing->expects_continue);
  EXPECT_FALSE(framing->head);
}

TEST(HeaderGate, lets_every_valid_form_of_a_target_through) {
  for (const std::string target : {"/", "//", "/?", "/a/b/c", "/a;b=c,d", "/~user/-._", "/:@!$&'()*+,;=", "/%C3%A9",
                                   "/a?b/c?d", "/%2e%2E/", "/a?q=%20&r=+"}) {
    EXPECT_EQ(code_of("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), "let through") << target;
  }
}

TEST(HeaderGate, lets_every_valid_form_of_a_host_through) {
  for (const std::string host :
       {"a", "example.com", "example.com.", "xn--caf-dma.example", "under_score", "127.0.0.1", "127.0.0.1:8080",
        "localhost:0", "localhost:65535", "[::1]", "[::1]:8080", "[2001:db8::ff00:42:8329]", "[::ffff:1.2.3.4]"}) {
    EXPECT_EQ(code_of("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), "let through") << host;
  }
}

TEST(HeaderGate, lets_odd_but_unambiguous_fields_through) {
  for (const std::string field :
       {"A:", "A:b", "A:\t b \t", "A: \xc3\xa9", "!#$%&'*+-.^_`|~0aZ: x", "Content-Encoding: identity",
        "Content-Length: 0", "Content-Length: 0005", "Expect: 100-Continue", "Accept: a\r\nAccept: b"}) {
    EXPECT_EQ(code_of(get_with(field + "\r\n")), "let through") << field;
  }
}

TEST(HeaderGate, knows_which_connections_stay_open) {
  const auto keeps = [](std::string_view version, std::string_view field) {
    const auto framing =
        check_header_block("GET / HTTP/" + std::string{version} + "\r\nHost: a\r\n" + std::string{field} + "\r\n");
    return framing && framing->keep_alive;
  };
  EXPECT_TRUE(keeps("1.1", ""));
  EXPECT_TRUE(keeps("1.1", "Connection: keep-alive\r\n"));
  EXPECT_FALSE(keeps("1.1", "Connection: close\r\n"));
  EXPECT_FALSE(keeps("1.1", "Connection: TE , Close\r\n"));
  EXPECT_FALSE(keeps("1.1", "Connection: keep-alive\r\nConnection: close\r\n"));
  EXPECT_FALSE(keeps("1.0", ""));
  EXPECT_TRUE(keeps("1.0", "Connection: Keep-Alive\r\n"));
  EXPECT_FALSE(keeps("1.0", "Connection: keep-alive, close\r\n"));
}

TEST(HeaderGate, asks_no_host_of_http_1_0) {
  const auto framing = check_header_block("GET / HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(framing);
  EXPECT_TRUE(framing->http_1_0);
}

TEST(HeaderGate, hears_the_wish_for_100_continue_from_http_1_1_only) {
  const std::string fields = "Host: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
  EXPECT_TRUE(check_header_block("POST / HTTP/1.1\r\n" + fields)->expects_continue);
  EXPECT_FALSE(check_header_block("POST / HTTP/1.0\r\n" + fields)->expects_continue);
}

TEST(HeaderGate, holds_each_limit_exactly) {
  const Limits limits{.request_line_bytes = 20, .header_block_bytes = 60, .header_fields = 3, .body_bytes = 10};
  const auto with_target = [](std::size_t bytes) {
    return "GET /" + std::string(bytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  EXPECT_EQ(code_of(with_target(6), limits), "let through");
  EXPECT_EQ(code_of(with_target(7), limits), "target_too_long");

  const std::string three = "GET / HTTP/1.1\r\nHost: a\r\nB: b\r\nC: c\r\n";
  EXPECT_EQ(code_of(three + "\r\n", limits), "let through");
  EXPECT_EQ(code_of(three + "D: d\r\n\r\n", limits), "headers_too_large");

  const auto with_value = [](std::size_t bytes) {
    return "GET / HTTP/1.1\r\nHost: a\r\nB: " + std::string(bytes, 'b') + "\r\n\r\n";
  };
  EXPECT_EQ(with_value(28).size(), 60U);
  EXPECT_EQ(code_of(with_value(28), limits), "let through");
  EXPECT_EQ(code_of(with_value(29), limits), "headers_too_large");

  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ";
  EXPECT_EQ(code_of(post + "10\r\n\r\n", limits), "let through");
  EXPECT_EQ(code_of(post + "11\r\n\r\n", limits), "body_too_large");
}

// Every byte in every place: the gate decides, and never reads past the block.
TEST(HeaderGate, survives_any_byte_in_any_place) {
  const std::string sound = "POST /a?b HTTP/1.1\r\nHost: a:1\r\nContent-Length: 3\r\nConnection: close\r\n\r\n";
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string block = sound;
      block[at] = static_cast<char>(byte);
      const std::vector<char> exact(block.begin(), block.end());  // so that a sanitizer sees the end
      const auto outcome = check_header_block({exact.data(), exact.size()});
      if (byte < 0x20 && byte != '\t' && block != sound)
        EXPECT_FALSE(outcome) << "byte " << byte << " at " << at;
    }
    EXPECT_FALSE(check_header_block(sound.substr(0, at))) << "cut at " << at;
  }
}

}  // namespace
}  // namespace gatehouse::http
