#include "catalogue/url_syntax.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace gatehouse::catalogue {
namespace {

constexpr std::size_t label_bytes_max = 63;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > host_bytes_max) {
    return false;
  }
  while (true) {
    const auto dot = host.find('.');
    if (!is_label(host.substr(0, dot))) {
      return false;
    }
    if (dot == std::string_view::npos) {
      return true;
    }
    host.remove_prefix(dot + 1);
  }
}

bool is_bracketed_address(std::string_view host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']' &&
         std::ranges::all_of(host.substr(1, host.size() - 2),
                             [](char c) { return is_hexadecimal(c) || c == ':' || c == '.'; });
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0 && port <= 65'535;
}

bool is_rest(std::string_view text) {
  constexpr std::string_view allowed = "-._~:/?#@!$&'()*+,;=";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape =
        text[at] == '%' && at + 2 < text.size() && is_hexadecimal(text[at + 1]) && is_hexadecimal(text[at + 2]);
    if (!escape && !is_letter_or_digit(text[at]) && allowed.find(text[at]) == std::string_view::npos) {
      return false;
    }
  }
  return std::ranges::count(text, '#') <= 1;
}

// The host, when everything after the scheme is well formed.
std::optional<std::string_view> host_after(std::string_view text, std::string_view scheme) {
  const auto same_letter = [](char left, char right) { return (left | 0x20) == right || left == right; };
  if (text.size() > url_bytes_max || text.size() < scheme.size() ||
      !std::ranges::equal(text.substr(0, scheme.size()), scheme, same_letter)) {
    return std::nullopt;
  }
  text.remove_prefix(scheme.size());
  const auto authority = text.substr(0, text.find_first_of("/?#"));
  const auto colon =
      authority.find(':', authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0);
  const auto host = authority.substr(0, colon);
  const bool sound = (is_host_name(host) || is_bracketed_address(host)) &&
                     (colon == std::string_view::npos || is_port(authority.substr(colon + 1))) &&
                     is_rest(text.substr(authority.size()));
  return sound ? std::optional(host) : std::nullopt;
}

}  // namespace

bool is_https_url(std::string_view text) { return host_after(text, "https://").has_value(); }

bool is_https_or_loopback_url(std::string_view text) {
  constexpr std::array<std::string_view, 3> loopback{"localhost", "127.0.0.1", "[::1]"};
  const auto host = host_after(text, "http://");
  return is_https_url(text) || (host && std::ranges::find(loopback, *host) != loopback.end());
}

bool is_web_url(std::string_view text) {
  const bool sound = host_after(text, "https://") || host_after(text, "http://");
  return sound && text.find('#') == std::string_view::npos;
}

bool is_domain(std::string_view text) {
  if (text.starts_with("*.")) {
    text.remove_prefix(2);
  }
  return text.find('.') != std::string_view::npos && is_host_name(text);
}

}  // namespace gatehouse::catalogue
