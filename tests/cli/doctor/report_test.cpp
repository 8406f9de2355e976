#include "cli/doctor/report.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::cli {
namespace {

const Findings mixed{{"data", Verdict::ok, "is there"},
                     {"clock", Verdict::warning, "drifts", "wind it"},
                     {"port", Verdict::wrong, "is taken", "stop it"}};

TEST(DoctorsReport, has_a_line_for_what_was_seen_and_one_for_what_to_do) {
  EXPECT_EQ(text_of(mixed), "ok       data              is there\n"
                            "warning  clock             drifts\n"
                            "                           -> wind it\n"
                            "WRONG    port              is taken\n"
                            "                           -> stop it\n"
                            "3 checks, 1 warning, 1 wrong\n");
}

TEST(DoctorsReport, comes_to_its_worst_finding) {
  EXPECT_EQ(exit_code_of(worst_of({})), 0);
  EXPECT_EQ(exit_code_of(worst_of({mixed[0]})), 0);
  EXPECT_EQ(exit_code_of(worst_of({mixed[1], mixed[0]})), 1);
  EXPECT_EQ(exit_code_of(worst_of(mixed)), 2);
}

TEST(DoctorsReport, is_the_same_as_json) {
  const auto told = boost::json::parse(json_of(mixed));
  EXPECT_EQ(told.at("verdict"), "wrong");
  ASSERT_EQ(told.at("findings").as_array().size(), 3U);
  EXPECT_EQ(told.at("findings").at(1),
            boost::json::parse(R"({"check":"clock","verdict":"warning","seen":"drifts","advice":"wind it"})"));
}

}  // namespace
}  // namespace gatehouse::cli
