#include "http/request_ids.hpp"

#include <set>

#include <gtest/gtest.h>

#include "http/field_syntax.hpp"

namespace gatehouse::http {
namespace {

TEST(RequestIds, are_never_given_twice_by_any_of_several_threads) {
  RequestIds first;
  RequestIds second;
  std::set<std::string> seen;
  for (int count = 0; count < 1000; ++count) {
    EXPECT_TRUE(seen.insert(first.next()).second);
    EXPECT_TRUE(seen.insert(second.next()).second);
  }
}

TEST(RequestIds, can_stand_in_a_header) {
  RequestIds ids;
  EXPECT_TRUE(is_token(ids.next()));
}

}  // namespace
}  // namespace gatehouse::http
