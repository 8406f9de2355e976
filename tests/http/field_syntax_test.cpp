#include "http/field_syntax.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

TEST(FieldSyntax, a_token_is_made_of_the_characters_of_rfc_9110) {
  constexpr std::string_view token = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    EXPECT_EQ(is_token_character(c), token.find(c) != std::string_view::npos) << byte;
  }
  EXPECT_FALSE(is_token(""));
  EXPECT_TRUE(is_token("X-Request"));
  EXPECT_FALSE(is_token("X Request"));
}

TEST(FieldSyntax, a_value_has_no_control_character_but_tab) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    EXPECT_EQ(is_field_value({&c, 1}), byte == '\t' || (byte >= 0x20 && byte != 0x7f)) << byte;
  }
  EXPECT_TRUE(is_field_value(""));
}

TEST(FieldSyntax, names_are_equal_whatever_the_case_of_ascii_letters) {
  EXPECT_TRUE(equal_ignoring_case("Content-Length", "cONTENT-lENGTH"));
  EXPECT_FALSE(equal_ignoring_case("Content-Length", "Content_Length"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_case("@[", "`{")) << "only letters have a case";
}

TEST(FieldSyntax, hexadecimal_digits_have_values) {
  EXPECT_EQ(hex_digit('0'), 0);
  EXPECT_EQ(hex_digit('9'), 9);
  EXPECT_EQ(hex_digit('a'), 10);
  EXPECT_EQ(hex_digit('F'), 15);
  EXPECT_EQ(hex_digit('g'), -1);
  EXPECT_EQ(hex_digit('@'), -1);
}

TEST(FieldSyntax, a_list_is_split_at_commas_and_trimmed) {
  std::vector<std::string> elements;
  for_each_list_element(" a ,,\tb,c d , ", [&](std::string_view element) { elements.emplace_back(element); });
  EXPECT_THAT(elements, testing::ElementsAre("a", "b", "c d"));
}

}  // namespace
}  // namespace gatehouse::http
