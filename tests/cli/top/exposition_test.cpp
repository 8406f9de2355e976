#include "cli/top/exposition.hpp"

#include <cmath>

#include <gmock/gmock.h>

namespace gatehouse::cli::top {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

TEST(Exposition, has_values_under_names_and_labels) {
  const Exposition read(R"(# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{route="showMetrics",status="200"} 12
requests_total{route="listApps",status="503"} 3.5
depth 7
)");
  ASSERT_THAT(read.series("requests_total"), SizeIs(2));
  EXPECT_THAT(read.series("requests_total")[0].labels,
              ElementsAre(Pair("route", "showMetrics"), Pair("status", "200")));
  EXPECT_EQ(read.series("requests_total")[0].value, 12);
  EXPECT_EQ(read.series("requests_total")[1].label("status"), "503");
  EXPECT_EQ(read.series("requests_total")[1].label("code"), "");
  EXPECT_EQ(read.series("requests_total")[1].value, 3.5);
  ASSERT_THAT(read.series("depth"), SizeIs(1));
  EXPECT_THAT(read.series("depth")[0].labels, SizeIs(0));
  EXPECT_THAT(read.series("requests"), SizeIs(0));
}

TEST(Exposition, reads_escapes_blanks_commas_and_times) {
  const Exposition read("a{x=\"\\\"quoted\\\" back\\\\slash\\nline, } = {\",}  1\n"
                        "  a { x = \"y\" , z=\"\" }\t2 1395066363000\n"
                        "a{} 3\n"
                        "a 4 -1\n"
                        "a{x=\"no end of line\"} 5");
  const auto& all = read.series("a");
  ASSERT_THAT(all, SizeIs(5));
  EXPECT_EQ(all[0].label("x"), "\"quoted\" back\\slash\nline, } = {");
  EXPECT_THAT(all[1].labels, ElementsAre(Pair("x", "y"), Pair("z", "")));
  EXPECT_EQ(all[1].value, 2);
  EXPECT_EQ(all[2].value, 3);
  EXPECT_EQ(all[3].value, 4);
  EXPECT_EQ(all[4].value, 5);
}

TEST(Exposition, reads_numbers_as_go_writes_them) {
  EXPECT_EQ(number_in("1e+06"), 1e6);
  EXPECT_EQ(number_in("-1.7560473e+07"), -1.7560473e7);
  EXPECT_EQ(number_in("+Inf"), HUGE_VAL);
  EXPECT_EQ(number_in("-Inf"), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(number_in("NaN").value()));
  for (const auto* word : {"", "+", "one", "1x", "0x10", "1,5", "--1"})
    EXPECT_FALSE(number_in(word)) << word;
}

TEST(Exposition, passes_over_lines_that_cannot_be_read) {
  const Exposition read("good 1\n"
                        "\n"
                        "# good 2\n"
                        "bad\n"
                        "bad one\n"
                        "bad 1 2 3\n"
                        "bad 1 soon\n"
                        "bad{x=\"open} 1\n"
                        "bad{x=unquoted} 1\n"
                        "bad{x=\"a\" y=\"b\"} 1\n"
                        "bad{=\"a\"} 1\n"
                        "bad{x=\"a\" 1\n"
                        "bad{x=\"ends in a backslash\\\n"
                        "9bad 1\n"
                        "{} 1\n"
                        "also:good_2 2\r\n"
                        "also:good_2 2\n");
  EXPECT_THAT(read.series("good"), SizeIs(1));
  EXPECT_THAT(read.series("bad"), SizeIs(0));
  EXPECT_THAT(read.series("also:good_2"), SizeIs(1)) << "a line ends with a line feed";
  EXPECT_TRUE(Exposition("<html>no metrics</html>").empty());
  EXPECT_TRUE(Exposition("").empty());
}

}  // namespace
}  // namespace gatehouse::cli::top
