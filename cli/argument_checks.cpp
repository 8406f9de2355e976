#include "cli/argument_checks.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace gatehouse::cli {

namespace {

std::optional<std::uint64_t> number_in(const std::string& text) {
  std::uint64_t number{};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string whole_number(const std::string& text) {
  return number_in(text) ? "" : '"' + text + "\" is not a whole number from 0 on, of at most 64 bits";
}

std::string at_least_one(const std::string& text) {
  return number_in(text).value_or(0) > 0 ? "" : '"' + text + "\" is not a whole number from 1 on, of at most 64 bits";
}

std::string number_of_digits(const std::string& text) {
  return text.find_first_not_of("0123456789.") == std::string::npos ? "" : '"' + text + "\" is not a number";
}

std::string not_empty(const std::string& text) { return text.empty() ? "must not be empty" : ""; }

}  // namespace gatehouse::cli
