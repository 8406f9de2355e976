#include "api/idempotency_key.hpp"

#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

TEST(IdempotencyKey, is_the_same_plain_or_quoted) {
  EXPECT_EQ(parse_idempotency_key("8e03978e-40d5"), "8e03978e-40d5");
  EXPECT_EQ(parse_idempotency_key("\"8e03978e-40d5\""), "8e03978e-40d5");
  EXPECT_EQ(parse_idempotency_key(R"("a\"b\\c")"), R"(a"b\c)");
}

TEST(IdempotencyKey, has_1_to_255_characters) {
  EXPECT_EQ(parse_idempotency_key(""), std::nullopt);
  EXPECT_EQ(parse_idempotency_key("\"\""), std::nullopt);
  EXPECT_TRUE(parse_idempotency_key(std::string(255, 'k')));
  EXPECT_TRUE(parse_idempotency_key("\"" + std::string(255, 'k') + "\""));
  EXPECT_FALSE(parse_idempotency_key(std::string(256, 'k')));
}

TEST(IdempotencyKey, is_printable_ascii) {
  EXPECT_EQ(parse_idempotency_key("\"weekly run 7\""), "weekly run 7");
  for (const auto* field : {"a\tb", "\xc3\xa9", "a\x7f"}) {
    EXPECT_EQ(parse_idempotency_key(field), std::nullopt) << field;
  }
}

TEST(IdempotencyKey, has_no_broken_escape) {
  for (const auto* field : {R"("a\b")", R"("a"b")", R"("a\")"})
    EXPECT_EQ(parse_idempotency_key(field), std::nullopt) << field;
}

}  // namespace
}  // namespace gatehouse::api
