#include "http/header_scanner.hpp"

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

const std::string block = "GET / HTTP/1.1\r\nHost: a\r\nB: b\r\n\r\n";

TEST(HeaderScanner, finds_the_end_however_the_bytes_are_cut) {
  const Limits limits;
  for (std::size_t step = 1; step <= block.size(); ++step) {
    HeaderScanner scanner{limits};
    const std::string received = block + "body";
    std::size_t end = 0;
    for (std::size_t bytes = step; end == 0; bytes = std::min(bytes + step, received.size())) {
      const auto found = scanner.scan(std::string_view{received}.substr(0, bytes));
      ASSERT_TRUE(found);
      ASSERT_TRUE(*found == 0 || bytes >= block.size()) << "found an end that has not arrived, step " << step;
      end = *found;
    }
    EXPECT_EQ(end, block.size()) << "step " << step;
  }
}

TEST(HeaderScanner, turns_away_a_bare_line_feed_before_the_rest_arrives) {
  const Limits limits;
  for (const std::string start : {"GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\n", "GET / HTTP/1.1\r\n\n", "GET\n"}) {
    HeaderScanner scanner{limits};
    const auto found = scanner.scan(start);
    ASSERT_FALSE(found) << start;
    EXPECT_EQ(found.error().code(), "malformed_request");
  }
}

TEST(HeaderScanner, turns_away_what_begins_no_method_at_its_first_byte) {
  const Limits limits;
  for (const char first : {'\x16', '\0', ' ', '\n', '{', '\x80', '/'}) {
    EXPECT_FALSE(HeaderScanner{limits}.scan({&first, 1})) << int{first};
  }
  EXPECT_TRUE(HeaderScanner{limits}.scan("G"));
}

TEST(HeaderScanner, turns_away_what_outgrows_a_limit_before_it_ends) {
  const Limits limits{.request_line_bytes = 30, .header_block_bytes = 80, .header_fields = 3};
  const auto code_of = [&](std::string_view received) {
    HeaderScanner scanner{limits};
    const auto found = scanner.scan(received);
    return found ? std::string{"in order"} : std::string{found.error().code()};
  };
  EXPECT_EQ(code_of("GET /" + std::string(27, 'a')), "in order");
  EXPECT_EQ(code_of("GET /" + std::string(28, 'a')), "target_too_long");
  const std::string line = "GET / HTTP/1.1\r\n";
  EXPECT_EQ(code_of(line + std::string(64, 'a')), "in order");
  EXPECT_EQ(code_of(line + std::string(65, 'a')), "headers_too_large");
  EXPECT_EQ(code_of(line + "A:\r\nB:\r\nC:\r\n\r\n"), "in order");
  EXPECT_EQ(code_of(line + "A:\r\nB:\r\nC:\r\nD:\r\n\r\n"), "headers_too_large");
}

TEST(HeaderScanner, begins_anew_after_a_reset) {
  const Limits limits;
  HeaderScanner scanner{limits};
  EXPECT_EQ(scanner.scan(block).value(), block.size());
  scanner.reset();
  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\n").value(), 0U);
  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\n\r\n").value(), 18U);
}

}  // namespace
}  // namespace gatehouse::http
