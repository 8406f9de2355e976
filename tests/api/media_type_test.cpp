#include "api/media_type.hpp"

#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

TEST(MediaType, knows_json_whatever_its_case_and_with_its_only_charset) {
  for (const auto* type : {"application/json", "Application/JSON", "application/json; charset=utf-8",
                           "application/json;charset=\"UTF-8\"", "application/json ;"}) {
    EXPECT_TRUE(is_json(type)) << type;
  }
  for (const auto* type : {"", "text/json", "application/json; charset=latin1", "application/x-www-form-urlencoded",
                           "application/jsonx", "application/json; profile=x", "application/problem+json"}) {
    EXPECT_FALSE(is_json(type)) << type;
  }
}

TEST(MediaType, accepts_what_a_range_covers) {
  for (const auto* accept : {"", "*/*", "application/*", "application/json", "APPLICATION/JSON", "text/html, */*;q=0.8",
                             "text/html;level=1, application/json;q=0.1"}) {
    EXPECT_TRUE(accepts(accept, "application/json")) << accept;
  }
}

TEST(MediaType, does_not_accept_what_no_range_covers_or_the_most_specific_one_excludes) {
  for (const auto* accept : {"text/html", "application/xml", "application/json;q=0", "*/*;q=0",
                             "*/*, application/json;q=0.000", "app/*", "application/"}) {
    EXPECT_FALSE(accepts(accept, "application/json")) << accept;
  }
}

TEST(MediaType, is_liked_as_much_as_the_most_specific_range_says) {
  EXPECT_EQ(acceptance("", "text/csv"), 1'000);
  EXPECT_EQ(acceptance("text/csv, */*;q=0.1", "text/csv"), 1'000);
  EXPECT_EQ(acceptance("text/csv, */*;q=0.1", "application/json"), 100);
  EXPECT_EQ(acceptance("text/*;q=0.25, text/csv;q=0.125", "text/csv"), 125);
  EXPECT_EQ(acceptance("text/*;q=0.25", "text/html"), 250);
  EXPECT_EQ(acceptance("text/*;q=1.0", "text/html"), 1'000);
  EXPECT_EQ(acceptance("text/*;q=0", "text/html"), 0);
  EXPECT_EQ(acceptance("text/*;q=0.", "text/html"), 0);
}

}  // namespace
}  // namespace gatehouse::api
