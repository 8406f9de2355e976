#include "tests/architecture/rule_names.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::set<int> rules_tested_below(const std::filesystem::path& folder) {
  std::set<int> rules;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (!entry.path().filename().string().ends_with("_test.cpp")) continue;
    std::ostringstream text;
    text << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
    rules.merge(rules_named_in({entry.path().generic_string(), text.str()}));
  }
  return rules;
}

TEST(RuleNames, every_rule_of_the_domain_has_a_test_that_is_named_by_it) {
  const auto tested = rules_tested_below(std::filesystem::path{GATEHOUSE_SOURCE_DIR} / "tests");
  for (int rule = 1; rule <= rules_max; ++rule) EXPECT_TRUE(tested.contains(rule)) << "no test is named by R" << rule;
  for (const int rule : tested) EXPECT_LE(rule, rules_max) << "there is no rule R" << rule;
}

TEST(RuleNames, are_the_suite_or_stand_at_the_beginning_of_the_test) {
  EXPECT_THAT(rules_named_in({"a_test.cpp", "TEST(R9, AMemberAsks) {}\n  TEST_F(R12, D3_Goes) {}"}), ElementsAre(9, 12));
  EXPECT_THAT(rules_named_in({"a_test.cpp", "TEST_F(Gate, R24_R27_SetsEach) {}\nRC_GTEST_PROP(Gate, R31_x, ()) {}"}), ElementsAre(24, 27, 31));
}

TEST(RuleNames, are_nothing_else) {
  EXPECT_THAT(rules_named_in({"a_test.cpp", "// TEST(R1, Said)\nauto text = \"TEST(R2, Quoted)\";"}), IsEmpty());
  EXPECT_THAT(rules_named_in({"a_test.cpp", "TEST(R1a, x) {}\nTEST(Gate, NotOf_R3_) {}\nTEST(Gate, R4) {}\nTEST(R0, x) {}"}), IsEmpty());
}

}  // namespace
}  // namespace gatehouse::architecture
