#include "domain/email.hpp"

#include <algorithm>

#include "domain/limits.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t local_part_bytes_max = 64;  // RFC 5321

bool is_blank(char character) { return character == ' ' || (character >= '\t' && character <= '\r'); }

// Bytes above 0x7f are left alone: internationalised addresses are UTF-8 (RFC 6531).
// What RFC 5322 gives a meaning of its own stands in no address here: quoted local parts and comments would be other spellings of one mailbox.
bool is_refused(char character) {
  constexpr std::string_view specials = "()<>[]:;,\\\"";
  const auto byte = static_cast<unsigned char>(character);
  return byte <= 0x20 || byte == 0x7f || specials.find(character) != std::string_view::npos;
}

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool is_domain(std::string_view domain) {
  return !domain.empty() && domain.front() != '.' && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> normalise_email(std::string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  const auto at = text.find('@');
  if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos)
    return std::nullopt;
  if (at == 0 || at > local_part_bytes_max || !is_domain(text.substr(at + 1)))
    return std::nullopt;
  if (text.size() > limits::email_bytes_max || std::ranges::any_of(text, is_refused))
    return std::nullopt;
  std::string normalised(text);
  std::ranges::transform(normalised, normalised.begin(), lower);
  return normalised;
}

}  // namespace gatehouse
