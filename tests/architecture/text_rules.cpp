#include "tests/architecture/rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

namespace gatehouse::architecture {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

bool is_header(const SourceFile& file) { return file.path.ends_with(".hpp"); }

bool part_of_number_or_name(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

// Length of the comment, string or character that begins at `at`, or 0 when plain code does.
std::size_t opaque_length(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  const auto through = [&](std::string_view end, std::size_t from) {
    const auto found = rest.find(end, from);
    return found == std::string_view::npos ? rest.size() : found + end.size();
  };
  if (rest.starts_with("//")) {
    return std::min(rest.find('\n'), rest.size());
  }
  if (rest.starts_with("/*")) {
    return through("*/", 2);
  }
  if (rest.starts_with("R\"")) {
    const auto open = rest.find('(');
    return open == std::string_view::npos ? 0 : through(")" + std::string{rest.substr(2, open - 2)} + "\"", open);
  }
  const char quote = rest.front();
  const bool digit_separator = quote == '\'' && at > 0 && part_of_number_or_name(text[at - 1]);
  if ((quote != '"' && quote != '\'') || digit_separator) {
    return 0;
  }
  std::size_t length = 1;
  while (length < rest.size() && rest[length] != quote && rest[length] != '\n') {
    length += rest[length] == '\\' ? 2 : 1;
  }
  return std::min(length + 1, rest.size());
}

// Judged by what stands between the last statement or brace and an opening brace.
bool opens_function(std::string_view head) {
  static const std::regex tail{R"((\)|\bconst|\bnoexcept|\boverride|\bfinal|\bmutable|->\s*[\w:<>,&*\s]+)$)"};
  const auto text = std::string{trimmed(head)};
  return text.find('(') != std::string::npos && std::regex_search(text, tail);
}

}  // namespace

std::string finding(const SourceFile& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string{what};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string code_only(std::string_view text) {
  std::string code{text};
  for (std::size_t at = 0; at < text.size();) {
    const auto length = opaque_length(text, at);
    for (std::size_t offset = 0; offset < length; ++offset) {
      if (code[at + offset] != '\n') {
        code[at + offset] = ' ';
      }
    }
    at += std::max<std::size_t>(length, 1);
  }
  return code;
}

Findings check_file_length(const SourceFile& file) {
  const auto lines = lines_of(file.text).size();
  if (lines <= file_lines_max) {
    return {};
  }
  return {finding(file, lines, "a file has at most " + std::to_string(file_lines_max) + " lines")};
}

Findings check_function_length(const SourceFile& file) {
  struct Brace {
    std::size_t line;
    bool function;
  };
  const auto code = code_only(file.text);
  Findings findings;
  std::vector<Brace> open;
  std::size_t line = 1;
  std::size_t statement = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char character = code[at];
    if (character == '\n') {
      ++line;
    } else if (character == '{') {
      open.push_back({line, opens_function(std::string_view{code}.substr(statement, at - statement))});
    } else if (character == '}' && !open.empty()) {
      const auto lines = line - open.back().line + 1;
      if (open.back().function && lines > function_lines_max) {
        findings.push_back(finding(file, open.back().line,
                                   "a function has at most " + std::to_string(function_lines_max) +
                                       " lines, this one " + std::to_string(lines)));
      }
      open.pop_back();
    }
    if (character == '{' || character == '}' || character == ';') {
      statement = at + 1;
    }
  }
  return findings;
}

Findings check_header_opening(const SourceFile& file) {
  if (!is_header(file)) {
    return {};
  }
  bool comment = false;
  bool pragma = false;
  for (const auto& line : lines_of(file.text)) {
    const auto text = trimmed(line);
    if (text.starts_with("//")) {
      comment = true;
    } else if (text == "#pragma once") {
      pragma = true;
    } else if (!text.empty()) {
      break;
    }
  }
  Findings findings;
  if (!pragma) {
    findings.push_back(finding(file, 1, "a header opens with #pragma once"));
  }
  if (!comment) {
    findings.push_back(finding(file, 1, "a header opens with a comment that says what it is for"));
  }
  return findings;
}

Findings check_name(const SourceFile& file) {
  constexpr std::array<std::string_view, 7> forbidden{"util",   "utils",   "helper", "helpers",
                                                      "common", "manager", "misc"};
  static const std::regex word{"[A-Za-z0-9]+"};
  static const std::regex shape{R"(([a-z0-9_]+/)*[a-z0-9_]+\.[ch]pp)"};
  Findings findings;
  if (!std::regex_match(file.path, shape)) {
    findings.push_back(finding(file, 1, "names of files and folders are snake_case"));
  }
  const std::sregex_iterator words{file.path.begin(), file.path.end(), word};
  for (auto match = words; match != std::sregex_iterator{}; ++match) {
    if (std::ranges::find(forbidden, match->str()) != forbidden.end()) {
      findings.push_back(finding(file, 1, "\"" + match->str() + "\" names no concept"));
    }
  }
  return findings;
}

Findings check_markers(const SourceFile& file) {
  // Written in two parts, or this file would find itself.
  static const std::regex marker{"\\b(TO"
                                 "DO|FIX"
                                 "ME|XX"
                                 "X)\\b|DIS"
                                 "ABLED_|GTEST_"
                                 "SKIP"};
  Findings findings;
  std::size_t number = 0;
  for (const auto& line : lines_of(file.text)) {
    ++number;
    if (std::smatch match; std::regex_search(line, match, marker)) {
      findings.push_back(finding(file, number, match.str() + " leaves something undone"));
    }
  }
  return findings;
}

}  // namespace gatehouse::architecture
