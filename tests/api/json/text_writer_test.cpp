#include "api/json/text_writer.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

std::string written(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

TEST(TextWriter, escapes_what_json_demands_and_nothing_else) {
  EXPECT_EQ(written("a\"b\\c/d\n\t\r\b\f"), R"("a\"b\\c/d\n\t\r\b\f")");
  EXPECT_EQ(written(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(written("Žluť ☃ 𝄞"), "\"Žluť ☃ 𝄞\"");
}

TEST(TextWriter, writes_every_byte_below_128_so_that_a_parser_reads_it_back) {
  std::string all;
  for (int code = 0; code < 128; ++code) all.push_back(static_cast<char>(code));
  const auto read = boost::json::parse(written(all));
  EXPECT_EQ(std::string(read.as_string()), all);
}

TEST(TextWriter, writes_whole_numbers_of_64_bits) {
  std::string out;
  append_number(out, UINT64_MAX);
  out.push_back(' ');
  append_number(out, INT64_MIN);
  EXPECT_EQ(out, "18446744073709551615 -9223372036854775808");
}

TEST(TextWriter, writes_times_with_milliseconds_in_utc) {
  EXPECT_EQ(time_text({0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(time_text({1'709'210'096'007}), "2024-02-29T12:34:56.007Z");
  EXPECT_EQ(time_text({253'402'300'799'999}), "9999-12-31T23:59:59.999Z");
}

TEST(TextWriter, separates_members_and_elements_but_not_before_the_first) {
  std::string out = "{";
  append_key(out, "a");
  out.append("[");
  append_separator(out);
  append_text(out, "[");
  append_separator(out);
  append_text(out, "{");
  out.append("]");
  append_key(out, "b");
  out.append("1}");
  EXPECT_EQ(out, R"({"a":["[","{"],"b":1})");
}

TEST(TextWriter, encodes_base64_with_padding) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("\xff\xfe\xfd\xfc"), "//79/A==");
}

}  // namespace
}  // namespace gatehouse::api
