#include "http/date_text.hpp"

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

TEST(DateText, writes_the_example_of_the_rfc) {
  DateText date;
  EXPECT_EQ(date.at(system_clock::time_point{seconds{784111777}}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(DateText, follows_the_clock_in_both_directions) {
  DateText date;
  EXPECT_EQ(date.at(system_clock::time_point{seconds{0}}), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(date.at(system_clock::time_point{seconds{1709210096}}), "Thu, 29 Feb 2024 12:34:56 GMT");
  EXPECT_EQ(date.at(system_clock::time_point{seconds{1709210096} + std::chrono::milliseconds{999}}),
            "Thu, 29 Feb 2024 12:34:56 GMT");
  EXPECT_EQ(date.at(system_clock::time_point{seconds{1709210095}}), "Thu, 29 Feb 2024 12:34:55 GMT");
}

}  // namespace
}  // namespace gatehouse::http
