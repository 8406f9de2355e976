#include "api/etag.hpp"

#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

std::string if_match(std::string_view field) {
  const auto parsed = parse_if_match(field);
  if (!parsed)
    return std::string(parsed.error().code);
  if (parsed->empty())
    return "any";
  std::string text;
  for (const auto version : *parsed)
    text += (text.empty() ? "" : " ") + (version == UINT64_MAX ? "none" : std::to_string(version));
  return text;
}

TEST(Etag, names_versions) {
  EXPECT_EQ(version_tag(17), "\"v17\"");
  EXPECT_EQ(version_tag(17, Position{812}), "\"v17.c812\"");
  EXPECT_EQ(version_tag(17, Position{812}, UserId{"ann"}), "\"v17.c812.uann\"");
}

TEST(Etag, of_a_content_is_no_condition_for_a_command) {
  const auto tag = content_tag("[]");
  EXPECT_EQ(content_tag("[]"), tag);
  EXPECT_NE(content_tag("[1]"), tag);
  EXPECT_TRUE(is_known_to_client(tag, tag));
  EXPECT_EQ(if_match(tag), "none");
}

TEST(Etag, of_another_catalogue_matches_where_that_is_asked_for) {
  const auto tag = content_tag(17, Position{812}, "[]");
  EXPECT_TRUE(tag.starts_with("\"v17.c812.b"));
  EXPECT_EQ(parse_if_match(tag, Position{812}).value().front(), 17U);
  EXPECT_EQ(parse_if_match(tag, Position{813}).value().front(), no_version);
  EXPECT_EQ(parse_if_match("\"v17\"", Position{813}).value().front(), 17U);
}

TEST(Etag, of_a_period_is_the_same_condition) {
  const auto tag = tag_in_period(version_tag(17, Position{812}), 3);
  EXPECT_EQ(tag, "\"v17.c812.p3\"");
  EXPECT_EQ(if_match(tag), "17");
}

TEST(Etag, reads_back_what_it_made_as_a_condition) {
  EXPECT_EQ(if_match(version_tag(17)), "17");
  EXPECT_EQ(if_match(version_tag(17, Position{812})), "17");
  EXPECT_EQ(if_match(version_tag(17, Position{812}, UserId{"ann"})), "17");
  EXPECT_EQ(if_match("  \"v0\" "), "0");
  EXPECT_EQ(if_match("*"), "any");
  EXPECT_EQ(if_match(content_tag(7, std::nullopt, "[]")), "7");
  EXPECT_EQ(if_match("\"v1\", W/\"v2\" ,\"v3.c4\""), "1 none 3");
}

TEST(Etag, passes_over_empty_elements_of_a_list) {
  EXPECT_EQ(if_match(", \"v1\",,\"v2\" , ,"), "1 2");
  for (const auto* field : {",\"v1\"", "\"x\",,\"v1\"", "\"x\", ,\"v1\","})
    EXPECT_TRUE(is_known_to_client(field, "\"v1\"")) << field;
  EXPECT_FALSE(is_known_to_client(",,", "\"v1\""));
}

TEST(Etag, lets_no_foreign_or_weak_tag_match) {
  for (const auto* tag : {"\"abc\"", "W/\"v17\"", "\"v\"", "\"v1x\"", "\"v99999999999999999999999\"", "\"\""}) {
    EXPECT_EQ(if_match(tag), "none") << tag;
  }
}

TEST(Etag, of_a_version_and_what_moves_without_it_names_both) {
  EXPECT_NE(content_tag(7, std::nullopt, "[]"), content_tag(7, std::nullopt, "[1]"));
  EXPECT_NE(content_tag(7, std::nullopt, "[]"), content_tag(8, std::nullopt, "[]"));
}

TEST(Etag, refuses_a_condition_that_is_no_list_of_tags) {
  for (const auto* field : {"", "v17", "\"v17", "v17\"", ",", " , ,", "\"v1\" \"v2\"", "\"v 1\"", "**", "\"v1\", *"}) {
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
