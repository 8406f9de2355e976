#include "tests/architecture/rule_names.hpp"

#include <regex>

namespace gatehouse::architecture {

std::set<int> rules_named_in(const SourceFile& file) {
  static const std::regex test{R"(^\s*(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\(\s*(\w+),\s*(\w+))", std::regex::multiline};
  static const std::regex suite_of_a_rule{R"(R([1-9][0-9]?))"};
  static const std::regex leading_rule{R"(^R([1-9][0-9]?)_)"};
  std::set<int> rules;
  const auto code = code_only(file.text);
  for (std::sregex_iterator found{code.begin(), code.end(), test}; found != std::sregex_iterator{}; ++found) {
    std::smatch number;
    const auto suite = found->str(1);
    if (std::regex_match(suite, number, suite_of_a_rule)) rules.insert(std::stoi(number.str(1)));
    for (auto name = found->str(2); std::regex_search(name, number, leading_rule); name = number.suffix()) {
      rules.insert(std::stoi(number.str(1)));
    }
  }
  return rules;
}

}  // namespace gatehouse::architecture
