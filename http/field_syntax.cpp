#include "http/field_syntax.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gatehouse::http {
namespace {

enum Class : std::uint8_t { token = 1, value = 2, target = 4 };

constexpr std::array<std::uint8_t, 256> classify() {
  std::array<std::uint8_t, 256> classes{};
  const auto mark = [&](std::string_view characters, unsigned flags) {
    for (const char c : characters) {
      auto& entry = classes[static_cast<unsigned char>(c)];
      entry = static_cast<std::uint8_t>(entry | flags);
    }
  };
  constexpr std::string_view letters_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  mark(letters_and_digits, token | target);
  mark("!#$%&'*+-.^_`|~", token);
  mark("-._~!$&'()*+,;=:@/?", target);
  for (unsigned c = 0; c < 256; ++c) {
    if (c == '\t' || (c >= 0x20 && c != 0x7f))
      classes[c] = static_cast<std::uint8_t>(classes[c] | value);
  }
  return classes;
}

constexpr auto classes = classify();

bool has_class(char c, Class wanted) noexcept { return (classes[static_cast<unsigned char>(c)] & wanted) != 0; }

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

bool is_token_character(char c) noexcept { return has_class(c, token); }

bool is_token(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_field_value(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return has_class(c, value); });
}

bool is_target_character(char c) noexcept { return has_class(c, target); }

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

int hex_digit(char c) noexcept {
  if (is_digit(c))
    return c - '0';
  const char letter = lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim_blanks(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace gatehouse::http
