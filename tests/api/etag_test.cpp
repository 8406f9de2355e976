#include "api/etag.hpp"

#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

std::string if_match(std::string_view field) {
  const auto parsed = parse_if_match(field);
  if (!parsed)
    return std::string(parsed.error().code);
  if (!*parsed)
    return "any";
  return **parsed == UINT64_MAX ? "none" : std::to_string(**parsed);
}

TEST(Etag, names_versions) {
  EXPECT_EQ(version_tag(17), "\"v17\"");
  EXPECT_EQ(version_tag(17, Position{812}), "\"v17.c812\"");
}

TEST(Etag, of_a_content_is_no_condition_for_a_command) {
  const auto tag = content_tag("[]");
  EXPECT_EQ(content_tag("[]"), tag);
  EXPECT_NE(content_tag("[1]"), tag);
  EXPECT_TRUE(is_known_to_client(tag, tag));
  EXPECT_EQ(if_match(tag), "none");
}

TEST(Etag, of_a_period_is_the_same_condition) {
  const auto tag = tag_in_period(version_tag(17, Position{812}), 3);
  EXPECT_EQ(tag, "\"v17.c812.p3\"");
  EXPECT_EQ(if_match(tag), "17");
}

TEST(Etag, reads_back_what_it_made_as_a_condition) {
  EXPECT_EQ(if_match(version_tag(17)), "17");
  EXPECT_EQ(if_match(version_tag(17, Position{812})), "17");
  EXPECT_EQ(if_match("  \"v0\" "), "0");
  EXPECT_EQ(if_match("*"), "any");
}

TEST(Etag, lets_no_foreign_or_weak_tag_match) {
  for (const auto* tag : {"\"abc\"", "W/\"v17\"", "\"v\"", "\"v1x\"", "\"v99999999999999999999999\"", "\"\""}) {
    EXPECT_EQ(if_match(tag), "none") << tag;
  }
}

TEST(Etag, refuses_a_condition_that_is_no_single_tag) {
  for (const auto* field : {"", "v17", "\"v17", "v17\"", "\"v1\", \"v2\"", "\"v 1\"", "**"}) {
    EXPECT_EQ(if_match(field), "invalid_precondition") << field;
  }
}

TEST(Etag, knows_what_the_client_has) {
  EXPECT_TRUE(is_known_to_client("\"v1\"", "\"v1\""));
  EXPECT_TRUE(is_known_to_client("\"a\", W/\"v1\" ,\"b\"", "\"v1\""));
  EXPECT_TRUE(is_known_to_client("*", "\"v1\""));
  EXPECT_FALSE(is_known_to_client("\"v2\"", "\"v1\""));
  EXPECT_FALSE(is_known_to_client("v1", "\"v1\""));
  EXPECT_FALSE(is_known_to_client("", "\"v1\""));
}

}  // namespace
}  // namespace gatehouse::api
