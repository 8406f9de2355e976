#include "identity/strict_json.hpp"

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace gatehouse::identity {
namespace {

JsonFault fault_of(std::string_view text) {
  const auto object = parse_json_object(text);
  EXPECT_FALSE(object.has_value()) << text;
  return object ? JsonFault{} : object.error();
}

TEST(StrictJson, reads_an_object) {
  const auto object = parse_json_object(R"( {"a":{"x":1},"b":[{"x":2},{"x":3}],"x":null} )");
  ASSERT_TRUE(object.has_value());
  EXPECT_EQ(object->at("a").at("x"), 1);
}

TEST(StrictJson, refuses_a_name_twice_in_one_object_at_any_depth) {
  EXPECT_EQ(fault_of(R"({"a":1,"a":1})"), JsonFault::duplicate_name);
  EXPECT_EQ(fault_of(R"({"a":{"b":1,"c":2,"b":3}})"), JsonFault::duplicate_name);
  EXPECT_EQ(fault_of(R"({"a":[0,[{"b":1,"b":3}]]})"), JsonFault::duplicate_name);
  EXPECT_EQ(fault_of(R"({"exp":1,"\u0065xp":2})"), JsonFault::duplicate_name);
  EXPECT_EQ(fault_of(R"({"a\u0000b":1,"a\u0000b":2})"), JsonFault::duplicate_name);
}

TEST(StrictJson, refuses_what_is_not_one_object) {
  EXPECT_EQ(fault_of("[]"), JsonFault::not_an_object);
  EXPECT_EQ(fault_of("\"text\""), JsonFault::not_an_object);
  for (const auto* text : {"", "{", R"({"a":1}{})", R"({"a":1} x)", R"({a:1})", R"({"a":1,})", "{\"a\":\"\xff\"}"}) {
    EXPECT_EQ(fault_of(text), JsonFault::malformed) << text;
  }
}

TEST(StrictJson, refuses_deep_nesting) {
  const auto nested = [](std::size_t depth) {
    return R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_TRUE(parse_json_object(nested(json_depth_max - 1)).has_value());
  EXPECT_EQ(fault_of(nested(json_depth_max + 1)), JsonFault::malformed);
  EXPECT_EQ(fault_of(nested(100'000)), JsonFault::malformed);
}

}  // namespace
}  // namespace gatehouse::identity
