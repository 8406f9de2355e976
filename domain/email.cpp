#include "domain/email.hpp"

#include <algorithm>
#include <boost/locale/utf.hpp>
#include <clocale>
#include <cwctype>
#include <iterator>

#include "domain/limits.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t local_part_bytes_max = 64;  // RFC 5321

using Utf8 = boost::locale::utf::utf_traits<char>;

// White_Space of Unicode.
bool is_blank(char32_t character) {
  return character == U' ' || (character >= U'\t' && character <= U'\r') || character == 0x85 || character == 0xA0 ||
         character == 0x1680 || (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
         character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

// What RFC 5322 gives a meaning of its own stands in no address here: quoted local parts and comments would be other spellings of one mailbox.
// U+2060 and the other characters without a width would be such spellings as well.
bool is_refused(char32_t character) {
  constexpr std::u32string_view specials = U"()<>[]:;,\\\"";
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || is_blank(character) || character == 0xAD ||
         (character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF ||
         specials.find(character) != std::u32string_view::npos;
}

// By the C library's tables of Unicode, whatever the locale of the process is; where they are not installed, of ASCII alone.
char32_t lower(char32_t character) {
  static const auto unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (character < 0x80 || unicode == nullptr)
    return character >= U'A' && character <= U'Z' ? character - U'A' + U'a' : character;
  return static_cast<char32_t>(towlower_l(static_cast<wint_t>(character), unicode));
}

// Nothing unless it is UTF-8.
std::optional<std::u32string> code_points(std::string_view text) {
  std::u32string characters;
  for (const auto* at = text.begin(); at != text.end();) {
    const auto character = Utf8::decode(at, text.end());
    if (!boost::locale::utf::is_valid_codepoint(character))
      return std::nullopt;
    characters.push_back(static_cast<char32_t>(character));
  }
  return characters;
}

bool is_domain(std::string_view domain) {
  return !domain.empty() && domain.front() != '.' && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> normalise_email(std::string_view text) {
  auto characters = code_points(text);
  if (!characters)
    return std::nullopt;
  const auto is_inner = [](char32_t character) { return !is_blank(character); };
  characters->erase(std::ranges::find_if(characters->rbegin(), characters->rend(), is_inner).base(), characters->end());
  characters->erase(characters->begin(), std::ranges::find_if(*characters, is_inner));
  if (std::ranges::any_of(*characters, is_refused))
    return std::nullopt;
  std::string address;
  for (const auto character : *characters)
    Utf8::encode(lower(character), std::back_inserter(address));
  const auto at = address.find('@');
  if (at == std::string::npos || address.find('@', at + 1) != std::string::npos)
    return std::nullopt;
  if (at == 0 || at > local_part_bytes_max || !is_domain(std::string_view(address).substr(at + 1)))
    return std::nullopt;
  if (address.size() > limits::email_bytes_max)
    return std::nullopt;
  return address;
}

}  // namespace gatehouse
