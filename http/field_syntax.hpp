// The character classes of RFC 9110 section 5 and RFC 3986, and comparison of field names. ASCII only, no locale.
#pragma once
#include <string_view>

namespace gatehouse::http {

bool is_token_character(char c) noexcept;
bool is_token(std::string_view text) noexcept;  // at least one character

// VCHAR, space, tab and obs-text: everything that may stand inside a field value on one line.
bool is_field_value(std::string_view text) noexcept;

// Characters of a path or query that need no percent escape, '/' and '?' included, '%' not.
bool is_target_character(char c) noexcept;

bool is_digit(char c) noexcept;
int hex_digit(char c) noexcept;  // -1 if it is none

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;
std::string_view trim_blanks(std::string_view text) noexcept;  // spaces and tabs

// Calls `visit` with each element of a comma-separated list, trimmed, empty ones left out.
template <class Visit>
void for_each_list_element(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (const auto element = trim_blanks(list.substr(0, comma)); !element.empty())
      visit(element);
    if (comma == std::string_view::npos)
      return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace gatehouse::http
