// What options refuse, and in which words.
#include "cli/argument_checks.hpp"

#include <gtest/gtest.h>

namespace gatehouse::cli {
namespace {

TEST(ArgumentChecks, TakeWholeNumbersAlone) {
  for (const auto* text : {"0", "1", "18446744073709551615"})
    EXPECT_EQ(whole_number(text), "") << text;
  for (const auto* text : {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "one", "18446744073709551616"})
    EXPECT_NE(whole_number(text), "") << text;
  EXPECT_EQ(whole_number("-1"), "\"-1\" is not a whole number from 0 on, of at most 64 bits");
}

TEST(ArgumentChecks, TakeNumbersFromOneOn) {
  EXPECT_EQ(at_least_one("1"), "");
  for (const auto* text : {"0", "00", "-1", "one"})
    EXPECT_EQ(at_least_one(text), '"' + std::string(text) + "\" is not a whole number from 1 on, of at most 64 bits");
}

TEST(ArgumentChecks, TakeNumbersOfDigitsAlone) {
  for (const auto* text : {"1", "0.5", "3600"})
    EXPECT_EQ(number_of_digits(text), "") << text;
  for (const auto* text : {"nan", "inf", "-1", "1e3"})
    EXPECT_NE(number_of_digits(text), "") << text;
}

TEST(ArgumentChecks, TakeNoEmptyWord) {
  EXPECT_EQ(not_empty("a"), "");
  EXPECT_EQ(not_empty(""), "must not be empty");
}

}  // namespace
}  // namespace gatehouse::cli
