#include "events/ids.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

TEST(Ids, are_one_to_sixty_four_of_the_allowed_characters) {
  EXPECT_TRUE(is_valid_id("A-z_0.9@b:c"));
  EXPECT_TRUE(is_valid_id(std::string(64, 'x')));
  EXPECT_FALSE(is_valid_id(""));
  EXPECT_FALSE(is_valid_id(std::string(65, 'x')));
  EXPECT_FALSE(is_valid_id(std::string_view("a\0b", 3)));
}

TEST(Ids, allow_exactly_these_characters) {
  const std::string allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@:-";
  for (int c = 0; c < 256; ++c) {
    const std::string id(1, static_cast<char>(c));
    EXPECT_EQ(is_valid_id(id), allowed.find(id) != std::string::npos) << c;
  }
}

TEST(Uuid, carries_its_millisecond_version_and_variant) {
  const Uuid uuid = make_uuid_v7(0x0123456789ab, {0xff, 0xff, 0xff, 3, 4, 5, 6, 7, 8, 9});
  const std::array<std::uint8_t, 16> expected{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0x7f, 0xff,
                                              0xbf, 3,    4,    5,    6,    7,    8,    9};
  EXPECT_EQ(uuid.bytes, expected);
}

TEST(Uuid, sorts_by_its_millisecond) {
  EXPECT_LT(make_uuid_v7(1, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}), make_uuid_v7(2, {}));
}

TEST(Uuid, is_written_as_base64url_without_padding) {
  EXPECT_EQ(to_text(Uuid{}), "AAAAAAAAAAAAAAAAAAAAAA");
  Uuid uuid;
  uuid.bytes.fill(0xff);
  EXPECT_EQ(to_text(uuid), "_____________________w");
  uuid.bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  EXPECT_EQ(to_text(uuid), "AAECAwQFBgcICQoLDA0ODw");
}

TEST(Uuid, is_nil_when_nothing_is_set) {
  EXPECT_TRUE(Uuid{}.is_nil());
  EXPECT_FALSE(make_uuid_v7(1, {}).is_nil());
}

}  // namespace
}  // namespace gatehouse
