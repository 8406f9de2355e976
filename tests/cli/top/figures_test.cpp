#include "cli/top/figures.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace gatehouse::cli::top {
namespace {

TEST(Figures, are_short) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1'234'567), "1,234,567");
  EXPECT_EQ(count_text(-1'234), "-1,234");
  EXPECT_EQ(rate_text(0.42), "0.4/s");
  EXPECT_EQ(rate_text(3), "3/s");
  EXPECT_EQ(rate_text(1'203.7), "1,204/s");
  EXPECT_EQ(plain_text(8.53), "8.5");
  EXPECT_EQ(span_text(0.000'085), "85us");
  EXPECT_EQ(span_text(0.004'2), "4.2ms");
  EXPECT_EQ(span_text(0.25), "250ms");
  EXPECT_EQ(span_text(1.25), "1.2s");
  EXPECT_EQ(bytes_text(512), "512B");
  EXPECT_EQ(bytes_text(1.5 * 1'024 * 1'024), "1.5MiB");
  EXPECT_EQ(bytes_text(3e15), "2,728TiB");
  EXPECT_EQ(uptime_text(59), "00:00:59");
  EXPECT_EQ(uptime_text(3 * 86'400 + 4 * 3'600 + 12 * 60 + 7), "3d 04:12:07");
  EXPECT_EQ(percent_text(0.424), "42%");
}

TEST(Figures, that_are_not_there_are_a_dash) {
  for (const auto figure : {Figure(), Figure(NAN), Figure(HUGE_VAL)}) {
    for (const auto& text : {count_text(figure), rate_text(figure), plain_text(figure), span_text(figure),
                             bytes_text(figure), uptime_text(figure), percent_text(figure)})
      EXPECT_EQ(text, "-");
  }
}

TEST(Figures, never_drive_the_terminal) {
  EXPECT_EQ(harmless("plain ~ text"), "plain ~ text");
  EXPECT_EQ(harmless("\x1b[2Jgone\n\x7f\xc3\xa4"), "?[2Jgone????");
}

}  // namespace
}  // namespace gatehouse::cli::top
