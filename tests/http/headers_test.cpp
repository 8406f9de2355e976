#include "http/headers.hpp"

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

TEST(Headers, are_found_by_name_whatever_its_case) {
  const Headers headers{{"Host", "a"}, {"Accept", "text/html"}, {"accept", "*/*"}};
  EXPECT_EQ(headers.find("HOST"), "a");
  EXPECT_EQ(headers.find("accept"), "text/html") << "the first of a name";
  EXPECT_EQ(headers.count("ACCEPT"), 2U);
  EXPECT_EQ(headers.find("Acc"), std::nullopt);
  EXPECT_EQ(headers.count("Acc"), 0U);
}

TEST(Headers, keep_order_case_and_empty_values) {
  Headers headers;
  headers.add("B", "");
  headers.add("a", "x");
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers.at(0).name, "B");
  EXPECT_EQ(headers.find("b"), "");
  EXPECT_EQ(headers.at(1).name, "a");
  EXPECT_EQ(headers.at(1).value, "x");
}

TEST(Headers, survive_being_moved) {
  Headers first{{"Name", "short"}};
  const Headers second = std::move(first);
  EXPECT_EQ(second.find("name"), "short");
}

}  // namespace
}  // namespace gatehouse::http
