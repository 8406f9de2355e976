#include "events/personal_text.hpp"

namespace gatehouse::sealed_text {

std::string lookup_text(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text.push_back(digits[value >> 4U]);
    text.push_back(digits[value & 0xFU]);
  }
  return text;
}

std::string bytes_of_lookup(std::string_view text) {
  const auto value_of = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
  std::string bytes;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2)
    bytes.push_back(static_cast<char>(value_of(text[at]) * 16 + value_of(text[at + 1])));
  return bytes;
}

std::string lookup_of(std::string_view sealed) {
  if (sealed.size() <= lookup_bytes || sealed.front() != address_kind)
    return {};
  return lookup_text(sealed.substr(1, lookup_bytes));
}

}  // namespace gatehouse::sealed_text
