#include "api/text_form.hpp"

#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

TEST(TextForm, takes_utf8_up_to_the_limit_counted_in_characters) {
  EXPECT_TRUE(is_plain_text("", 0));
  EXPECT_TRUE(is_plain_text("žluť ☃ 𝄞", 8));
  EXPECT_FALSE(is_plain_text("žluť ☃ 𝄞", 7));
}

TEST(TextForm, refuses_control_characters) {
  for (const auto* text : {"a\n", "\t", "\x7f", "\x1f"}) EXPECT_FALSE(is_plain_text(text, 10));
  EXPECT_FALSE(is_plain_text(std::string_view("\0", 1), 10));
}

TEST(TextForm, refuses_bytes_that_are_not_utf8) {
  for (const auto* text : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xff",
                           "\xe2\x98", "\xc3("}) {
    EXPECT_FALSE(is_plain_text(text, 10)) << text;
  }
}

TEST(TextForm, knows_visible_ascii) {
  EXPECT_TRUE(is_visible_ascii("!~aZ09"));
  EXPECT_FALSE(is_visible_ascii("a b"));
  EXPECT_FALSE(is_visible_ascii("é"));
}

}  // namespace
}  // namespace gatehouse::api
