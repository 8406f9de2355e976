#include "http/request_reader.hpp"

#include <cstring>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/hostile_blocks.hpp"

namespace gatehouse::http {
namespace {

void feed(RequestReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto room = reader.prepare();
    const auto part = bytes.substr(0, room.size());
    std::memcpy(room.data(), part.data(), part.size());
    reader.commit(part.size());
    bytes.remove_prefix(part.size());
  }
}

Request expect_request(RequestReader& reader) {
  auto step = reader.next();
  auto* parsed = std::get_if<RequestReader::Parsed>(&step);
  EXPECT_NE(parsed, nullptr) << "step " << step.index();
  return parsed != nullptr ? std::move(parsed->request) : Request{};
}

const BodyBudget bodies{Limits().large_bodies_bytes};

std::string refusal_of(RequestReader::Step step) {
  const auto* refused = std::get_if<RequestReader::Refused>(&step);
  return refused != nullptr ? std::string{refused->refusal.code()} : "none";
}

bool announces_large_body(RequestReader& reader) {
  const auto step = reader.next();
  const auto* announced = std::get_if<RequestReader::AnnouncesLargeBody>(&step);
  return announced != nullptr && announced->head.method == "POST" && announced->head.headers.find("Host") == "a";
}

bool needs_more(RequestReader& reader) { return std::holds_alternative<RequestReader::NeedMore>(reader.next()); }

const std::string post = "POST /v1/x?y=z HTTP/1.1\r\nHost: a\r\nX-Some: one\r\nContent-Length: 5\r\n\r\nhello";

TEST(RequestReader, reads_a_request_whole) {
  const Limits limits;
  RequestReader reader{limits, bodies};
  feed(reader, post);
  const auto request = expect_request(reader);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/v1/x?y=z");
  EXPECT_EQ(request.headers.find("x-some"), "one");
  EXPECT_EQ(request.headers.size(), 3U);
  EXPECT_EQ(request.body, "hello");
  EXPECT_TRUE(needs_more(reader));
  EXPECT_EQ(reader.awaits(), RequestReader::Awaits::request);
}

TEST(RequestReader, reads_the_same_however_the_bytes_are_cut) {
  const Limits limits;
  const std::string three = post + "GET /two HTTP/1.1\r\nHost: a\r\n\r\n" + post;
  for (std::size_t step = 1; step < 80; ++step) {
    RequestReader reader{limits, bodies};
    std::vector<Request> requests;
    for (std::size_t at = 0; at < three.size(); at += step) {
      feed(reader, std::string_view{three}.substr(at, step));
      auto next = reader.next();
      while (auto* parsed = std::get_if<RequestReader::Parsed>(&next)) {
        requests.push_back(std::move(parsed->request));
        next = reader.next();
      }
      ASSERT_TRUE(std::holds_alternative<RequestReader::NeedMore>(next));
    }
    ASSERT_EQ(requests.size(), 3U) << "step " << step;
    EXPECT_EQ(requests[0].body, "hello");
    EXPECT_EQ(requests[1].target, "/two");
    EXPECT_EQ(requests[2].body, "hello");
  }
}

TEST(RequestReader, takes_the_form_that_clients_of_a_proxy_send) {
  const Limits limits;
  for (const auto* target : {"http://example.com/a?b=c", "HTTPS://example.com:8443/a?b=c", "http://[::1]:80/a?b=c"}) {
    RequestReader reader{limits, bodies};
    feed(reader, std::string("GET ") + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto request = expect_request(reader);
    EXPECT_EQ(request.target, "/a?b=c") << target;
    EXPECT_NE(std::string_view(target).find(request.headers.find("Host").value()), std::string_view::npos) << target;
  }
  RequestReader reader{limits, bodies};
  feed(reader, "GET http://example.com HTTP/1.0\r\n\r\n");
  const auto request = expect_request(reader);
  EXPECT_EQ(request.target, "/");
  EXPECT_EQ(request.headers.find("Host"), "example.com");
}

TEST(RequestReader, says_what_it_waits_for) {
  const Limits limits;
  RequestReader reader{limits, bodies};
  EXPECT_TRUE(needs_more(reader));
  EXPECT_EQ(reader.awaits(), RequestReader::Awaits::request);
  feed(reader, post.substr(0, 10));
  EXPECT_TRUE(needs_more(reader));
  EXPECT_EQ(reader.awaits(), RequestReader::Awaits::header);
  feed(reader, post.substr(10, post.size() - 11));
  EXPECT_TRUE(needs_more(reader)) << "a body that is one byte short is no request";
  EXPECT_EQ(reader.awaits(), RequestReader::Awaits::body);
  feed(reader, post.substr(post.size() - 1));
  EXPECT_EQ(expect_request(reader).body, "hello");
}

TEST(RequestReader, takes_a_large_body_in_pieces) {
  const Limits limits;
  const std::string body(limits.body_bytes, 'b');
  RequestReader reader{limits, bodies};
  feed(reader, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  const auto step = reader.next();
  EXPECT_TRUE(std::holds_alternative<RequestReader::AnnouncesLargeBody>(step));
  for (std::size_t at = 0; at < body.size(); at += 50'000) {
    EXPECT_TRUE(needs_more(reader));
    EXPECT_EQ(reader.buffered_bytes(), 0U) << "a body must not pile up twice";
    feed(reader, std::string_view{body}.substr(at, 50'000));
  }
  EXPECT_EQ(expect_request(reader).body, body);
}

TEST(RequestReader, turns_a_body_over_the_limit_away_before_it_arrives) {
  const Limits limits{.body_bytes = 4};
  RequestReader reader{limits, bodies};
  feed(reader, post.substr(0, post.size() - 5));
  EXPECT_EQ(refusal_of(reader.next()), "body_too_large");
}

TEST(RequestReader, turns_large_bodies_away_while_others_have_the_memory_for_them) {
  const Limits limits{.small_body_bytes = 4};
  const BodyBudget for_two{2 * 5};
  const auto head = post.substr(0, post.size() - 5);
  RequestReader first{limits, for_two}, second{limits, for_two};
  feed(first, head);
  feed(second, head);
  EXPECT_TRUE(announces_large_body(first) && announces_large_body(second));
  EXPECT_TRUE(needs_more(first) && needs_more(second));
  const auto outcome = [&](const std::string& length) {
    RequestReader third{limits, for_two};
    feed(third, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
    if (length == "5")
      EXPECT_TRUE(announces_large_body(third)) << "it takes nothing yet";
    return refusal_of(third.next());
  };
  EXPECT_EQ(outcome("5"), "too_many_large_bodies");
  EXPECT_EQ(outcome("4"), "none") << "a small one needs none of it";
  feed(first, "hello");
  {
    const auto request = expect_request(first);
    EXPECT_EQ(outcome("5"), "too_many_large_bodies") << "somebody still reads it";
  }
  EXPECT_EQ(outcome("5"), "none") << "and now nobody does";
}

TEST(RequestReader, says_once_that_the_client_waits_for_100_continue) {
  const Limits limits;
  RequestReader reader{limits, bodies};
  feed(reader, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_TRUE(std::holds_alternative<RequestReader::WantsContinue>(reader.next()));
  EXPECT_TRUE(needs_more(reader));
  feed(reader, "ok");
  EXPECT_EQ(expect_request(reader).body, "ok");
}

TEST(RequestReader, sends_no_100_continue_for_a_body_that_has_begun_or_is_empty) {
  const Limits limits;
  RequestReader reader{limits, bodies};
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
  feed(reader, start + "2\r\n\r\no");
  EXPECT_TRUE(needs_more(reader));
  feed(reader, "k" + start + "0\r\n\r\n");
  EXPECT_EQ(expect_request(reader).body, "ok");
  EXPECT_EQ(expect_request(reader).body, "");
}

TEST(RequestReader, forgives_one_empty_line_before_a_request) {
  const Limits limits;
  RequestReader reader{limits, bodies};
  feed(reader, post + "\r");
  expect_request(reader);
  EXPECT_TRUE(needs_more(reader));
  feed(reader, "\n" + post);
  expect_request(reader);
  feed(reader, "\r\n\r\n" + post);
  EXPECT_EQ(refusal_of(reader.next()), "malformed_request");
}

TEST(RequestReader, knows_a_head_request_even_in_refusing_it) {
  const Limits limits;
  RequestReader reader{limits, bodies};
  feed(reader, "HEAD / HTTP/1.1\r\n\r\n");
  const auto step = reader.next();
  ASSERT_TRUE(std::holds_alternative<RequestReader::Refused>(step));
  EXPECT_TRUE(std::get<RequestReader::Refused>(step).shape.head);
}

TEST(RequestReader, refuses_every_hostile_block) {
  const Limits limits;
  for (const auto& [what, block, code] : hostile_blocks()) {
    if (!block.ends_with("\r\n\r\n"))
      continue;  // incomplete: the deadline ends these
    RequestReader reader{limits, bodies};
    feed(reader, block);
    auto step = reader.next();
    // An empty line before a request is forgiven here, and a second request is looked at when the first has been answered.
    while (std::holds_alternative<RequestReader::Parsed>(step))
      step = reader.next();
    if (block.starts_with("\r\n") || what == "two requests")
      continue;
    EXPECT_TRUE(std::holds_alternative<RequestReader::Refused>(step)) << what;
  }
}

// Beast is the second opinion: whatever the gate lets through it must read as the same request.
TEST(RequestReader, never_disagrees_with_beast_about_what_the_gate_lets_through) {
  const Limits limits;
  const std::vector<std::string> seeds{
      post, "GET /a?b=%41 HTTP/1.0\r\nHost: [::1]:80\r\nConnection: Keep-Alive, Upgrade\r\nAccept: a, b\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n"};
  std::mt19937 random{20261123};
  int passed = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = seeds[random() % seeds.size()];
    for (auto edits = random() % 3; edits > 0; --edits) {
      constexpr std::string_view alphabet = "\r\n\t :;,/?%=\"()0159azAZ\x7f\x80\xff-";
      const std::size_t at = random() % text.size();
      const char byte = alphabet[random() % alphabet.size()];
      switch (random() % 3) {
      case 0:
        text[at] = byte;
        break;
      case 1:
        text.insert(at, 1, byte);
        break;
      default:
        text.erase(at, 1);
        break;
      }
    }
    RequestReader reader{limits, bodies};
    feed(reader, text);
    const auto step = reader.next();
    if (const auto* refused = std::get_if<RequestReader::Refused>(&step)) {
      ASSERT_NE(refused->refusal.detail, "The headers can be read in more than one way.")
          << testing::PrintToString(text);
    }
    if (std::holds_alternative<RequestReader::Parsed>(step))
      ++passed;
  }
  EXPECT_GT(passed, 20'000) << "too few were let through to mean anything";
}

}  // namespace
}  // namespace gatehouse::http
