#include "http/host_field.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "http/field_syntax.hpp"

namespace gatehouse::http {
namespace {

constexpr std::size_t name_bytes_max = 255;  // RFC 1035 section 2.3.4

bool is_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= name_bytes_max && std::all_of(name.begin(), name.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || is_digit(c) || c == '-' || c == '.' || c == '_';
  });
}

bool is_literal(std::string_view inside) noexcept {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inside.size() >= text.size())
    return false;
  std::copy(inside.begin(), inside.end(), text.begin());
  in6_addr address{};
  return ::inet_pton(AF_INET6, text.data(), &address) == 1;
}

bool is_port(std::string_view text) noexcept {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && is_digit(text.front());
}

}  // namespace

bool is_host_value(std::string_view value) noexcept {
  std::string_view port;
  if (value.starts_with('[')) {
    const auto end = value.find(']');
    if (end == std::string_view::npos || !is_literal(value.substr(1, end - 1)))
      return false;
    port = value.substr(end + 1);
  } else {
    const auto colon = value.find(':');
    if (!is_name(value.substr(0, colon)))
      return false;
    if (colon != std::string_view::npos)
      port = value.substr(colon);
  }
  return port.empty() || (port.starts_with(':') && is_port(port.substr(1)));
}

}  // namespace gatehouse::http
