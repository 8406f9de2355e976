#include "events/struct_text.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <gtest/gtest.h>

namespace gatehouse {

BOOST_DEFINE_FIXED_ENUM_CLASS(Shade, std::uint8_t, light, dark)

struct Inner {
  Shade shade{};
  std::optional<std::uint16_t> number;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (shade, number))

struct Outer {
  UserId user_id;
  bool flag{};
  PersonalText reason;
  std::vector<Inner> parts;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (user_id, flag, reason, parts))

namespace {

TEST(StructText, has_a_line_for_each_value_with_its_path) {
  const Outer outer{UserId{"u-1"}, true, {"u-1", "Because."}, {{Shade::dark, {}}, {Shade::light, std::uint16_t{7}}}};
  EXPECT_EQ(struct_text(outer), "user_id = \"u-1\"\n"
                                "flag = true\n"
                                "reason = personal of \"u-1\": \"Because.\"\n"
                                "parts: 2\n"
                                "parts[0].shade = dark\n"
                                "parts[0].number: none\n"
                                "parts[1].shade = light\n"
                                "parts[1].number = 7\n");
}

TEST(StructText, escapes_what_is_not_printable_ascii) {
  const Outer outer{UserId{}, false, {"a\"b\\", "\x1b[2J\n\xc3\xa9~"}, {}};
  EXPECT_EQ(struct_text(outer), "user_id = \"\"\n"
                                "flag = false\n"
                                "reason = personal of \"a\\x22b\\x5c\": \"\\x1b[2J\\x0a\\xc3\\xa9~\"\n"
                                "parts: 0\n");
}

}  // namespace
}  // namespace gatehouse
