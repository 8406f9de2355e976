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

std::string lookup_of(std::string_view sealed) {
  if (sealed.size() <= lookup_bytes || sealed.front() != address_kind)
    return {};
  return lookup_text(sealed.substr(1, lookup_bytes));
}

}  // namespace gatehouse::sealed_text
