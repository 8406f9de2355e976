#include "cli/doctor/report.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

namespace gatehouse::cli {

namespace {

constexpr std::array<std::string_view, 3> names{"ok", "warning", "WRONG"};
constexpr std::size_t verdict_width = 9, check_width = 18;

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(text.size() < width ? width - text.size() : 1, ' ');
}

std::string word_of(Verdict verdict) {
  std::string word(names.at(static_cast<std::size_t>(verdict)));
  std::ranges::transform(word, word.begin(), [](unsigned char one) { return static_cast<char>(std::tolower(one)); });
  return word;
}

std::string count_of(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

}  // namespace

Verdict worst_of(const Findings& findings) {
  auto worst = Verdict::ok;
  for (const auto& finding : findings)
    worst = std::max(worst, finding.verdict);
  return worst;
}

int exit_code_of(Verdict verdict) { return static_cast<int>(verdict); }

std::string text_of(const Findings& findings) {
  std::string text;
  for (const auto& finding : findings) {
    text += padded(names.at(static_cast<std::size_t>(finding.verdict)), verdict_width) +
            padded(finding.check, check_width) + finding.seen + "\n";
    if (!finding.advice.empty())
      text += std::string(verdict_width + check_width, ' ') + "-> " + finding.advice + "\n";
  }
  const auto wrong = static_cast<std::size_t>(std::ranges::count(findings, Verdict::wrong, &Finding::verdict));
  const auto warnings = static_cast<std::size_t>(std::ranges::count(findings, Verdict::warning, &Finding::verdict));
  return text + count_of(findings.size(), "check") + ", " + count_of(warnings, "warning") + ", " +
         std::to_string(wrong) + " wrong\n";
}

std::string json_of(const Findings& findings) {
  boost::json::array list;
  for (const auto& finding : findings)
    list.push_back(boost::json::object{{"check", finding.check},
                                       {"verdict", word_of(finding.verdict)},
                                       {"seen", finding.seen},
                                       {"advice", finding.advice}});
  return boost::json::serialize(
             boost::json::object{{"verdict", word_of(worst_of(findings))}, {"findings", std::move(list)}}) +
         "\n";
}

}  // namespace gatehouse::cli
