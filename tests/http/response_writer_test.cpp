#include "http/response_writer.hpp"

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";

std::string written(const Response& response, const AnswerShape& shape = {}) {
  std::string out;
  append_response(out, response, shape, date);
  return out;
}

TEST(ResponseWriter, writes_a_whole_answer) {
  const Response response{.content_type = "application/json", .headers = {{"ETag", "\"v1\""}}, .body = "{}"};
  EXPECT_EQ(written(response),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\nETag: \"v1\"\r\n\r\n{}");
}

TEST(ResponseWriter, answers_head_with_the_length_of_what_get_would_answer) {
  const auto text = written({.content_type = "text/plain", .body = "hello"}, {.head = true});
  EXPECT_NE(text.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\n"));
}

TEST(ResponseWriter, gives_no_content_and_not_modified_neither_length_nor_body) {
  for (const unsigned status : {204U, 304U}) {
    const auto text = written({.status = status, .content_type = "text/plain", .body = "hello"});
    EXPECT_EQ(text.find("Content-"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("\r\n\r\n")) << text;
  }
}

TEST(ResponseWriter, says_what_becomes_of_the_connection) {
  const auto connection = [](const Response& response, const AnswerShape& shape) {
    const auto text = written(response, shape);
    const auto at = text.find("Connection: ");
    return at == std::string::npos ? std::string{} : text.substr(at + 12, text.find('\r', at) - at - 12);
  };
  EXPECT_EQ(connection({}, {}), "");
  EXPECT_EQ(connection({}, {.keep_alive = false}), "close");
  EXPECT_EQ(connection({.close = true}, {}), "close");
  EXPECT_EQ(connection({}, {.http_1_0 = true}), "keep-alive");
  EXPECT_EQ(connection({}, {.http_1_0 = true, .keep_alive = false}), "close");
}

TEST(ResponseWriter, finds_every_attempt_to_inject_a_header_not_sendable) {
  const auto sendable_header = [](std::string name, std::string value) {
    return is_sendable({.headers = {{std::move(name), std::move(value)}}});
  };
  EXPECT_TRUE(sendable_header("Location", "/a?b=c"));
  EXPECT_FALSE(sendable_header("Location", "/a\r\nSet-Cookie: x=y"));
  EXPECT_FALSE(sendable_header("Location", "/a\n"));
  EXPECT_FALSE(sendable_header("Location", "/a\r"));
  EXPECT_FALSE(sendable_header("Location", std::string{"/a\0b", 4}));
  EXPECT_FALSE(sendable_header("Loc: ation", "/a"));
  EXPECT_FALSE(sendable_header("Loc\r\nX", "/a"));
  EXPECT_FALSE(sendable_header("", "/a"));
  EXPECT_FALSE(is_sendable({.content_type = "text/plain\r\nX: y"}));
}

TEST(ResponseWriter, keeps_its_own_headers_and_final_statuses_to_itself) {
  for (const std::string name : {"Content-Length", "connection", "DATE", "Transfer-Encoding", "Content-Type"}) {
    EXPECT_FALSE(is_sendable({.headers = {{name, "1"}}})) << name;
  }
  for (const unsigned status : {0U, 100U, 199U, 600U, 1000U})
    EXPECT_FALSE(is_sendable({.status = status})) << status;
}

}  // namespace
}  // namespace gatehouse::http
