#include "identity/base64url.hpp"

#include <array>

namespace gatehouse::identity {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_digits() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(no_digit);
  for (std::size_t value = 0; value < alphabet.size(); ++value) {
    digits[static_cast<unsigned char>(alphabet[value])] = static_cast<std::uint8_t>(value);
  }
  return digits;
}

constexpr auto digits = make_digits();

}  // namespace

std::string base64url_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(byte);
    for (count += 8; count >= 6; count -= 6) {
      text += alphabet[(bits >> (count - 6)) & 63];
    }
  }
  if (count > 0) {
    text += alphabet[(bits << (6 - count)) & 63];
  }
  return text;
}

std::string base64url_encode(std::span<const std::uint8_t> bytes) {
  return base64url_encode(std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::optional<std::string> base64url_decode(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char character : text) {
    const auto digit = digits[static_cast<unsigned char>(character)];
    if (digit == no_digit) {
      return std::nullopt;
    }
    bits = (bits << 6) | digit;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 0xff);
    }
  }
  const bool lone_digit = count == 6;
  const bool stray_bits = (bits & ((1U << count) - 1)) != 0;
  if (lone_digit || stray_bits) {
    return std::nullopt;
  }
  return bytes;
}

}  // namespace gatehouse::identity
