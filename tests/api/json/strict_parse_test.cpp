#include "api/json/strict_parse.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

std::string refusal(std::string_view text) {
  const auto parsed = parse_strictly(text);
  return parsed ? "accepted" : parsed.error().detail;
}

TEST(StrictParse, gives_the_value_of_a_well_formed_text) {
  const auto parsed = parse_strictly(" {\"a\":[1,-2,\"x\\u00e9\"],\"b\":{\"a\":null,\"c\":true}} ");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(boost::json::serialize(*parsed), "{\"a\":[1,-2,\"xé\"],\"b\":{\"a\":null,\"c\":true}}");
}

TEST(StrictParse, refuses_a_member_that_stands_twice_in_one_object_at_any_depth) {
  EXPECT_EQ(refusal(R"({"a":1,"a":1})"), "An object has the same member twice; it ends at byte 12.");
  EXPECT_NE(refusal(R"({"x":[{"a":1,"b":{"c":1,"c":2}}]})"), "accepted");
  EXPECT_NE(refusal(R"({"a":{"b":1},"b":2,"a":3})"), "accepted");
}

TEST(StrictParse, sees_two_members_as_the_same_whatever_their_escapes) {
  EXPECT_NE(refusal(R"({"a":1,"\u0061":2})"), "accepted");
  EXPECT_NE(refusal(R"({"\u00e9":1,"é":2})"), "accepted");
}

TEST(StrictParse, takes_the_same_name_in_different_objects) {
  EXPECT_EQ(refusal(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})"), "accepted");
}

TEST(StrictParse, takes_sixteen_levels_and_no_more) {
  EXPECT_EQ(refusal(nested(16)), "accepted");
  EXPECT_EQ(refusal(nested(17)), "The JSON text is nested deeper than 16 levels at byte 16.");
}

TEST(StrictParse, takes_the_largest_text_and_none_larger) {
  const auto text_of = [](std::size_t bytes) { return "\"" + std::string(bytes - 2, 'a') + "\""; };
  EXPECT_EQ(refusal(text_of(json_bytes_max)), "accepted");
  EXPECT_EQ(refusal(text_of(json_bytes_max + 1)), "The JSON text has more than 1048576 bytes.");
}

TEST(StrictParse, refuses_what_is_not_json) {
  for (const auto* text : {"", "{", "{\"a\":1", "{\"a\":1,}", "[1,]", "{a:1}", "{'a':1}", "nul", "01", "+1", "1 2", "{} x",
                           "\"\\x\"", "// c\n{}", "NaN", "\xef\xbb\xbf{}"}) {
    EXPECT_NE(refusal(text), "accepted") << text;
  }
}

TEST(StrictParse, refuses_bytes_that_are_not_utf8) {
  for (const auto* text : {"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xc3\"", "\"\\ud800\"",
                           "{\"\xff\":1}"}) {
    EXPECT_NE(refusal(text), "accepted") << text;
  }
}

TEST(StrictParse, says_where_the_text_goes_wrong) {
  EXPECT_EQ(refusal("{\"a\":1"), "The JSON text ends too early at byte 6.");
  EXPECT_EQ(refusal("{} {}"), "Something follows the JSON text at byte 3.");
}

}  // namespace
}  // namespace gatehouse::api
