#include "identity/base64.hpp"

#include <algorithm>

#include "identity/base64url.hpp"

namespace gatehouse::identity {

// The other alphabet differs in two characters and has no padding.
std::string base64_encode(std::span<const std::uint8_t> bytes) {
  auto text = base64url_encode(bytes);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos)
    return std::nullopt;
  std::string url(text.substr(0, text.size() - std::min<std::size_t>(text.size(), text.ends_with("==")  ? 2
                                                                                  : text.ends_with('=') ? 1
                                                                                                        : 0)));
  std::ranges::replace(url, '+', '-');
  std::ranges::replace(url, '/', '_');
  return base64url_decode(url);
}

}  // namespace gatehouse::identity
