#include "domain/email.hpp"

#include <algorithm>
#include <array>
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
// Characters without a width, marks that join the letter before them and what is no character would be such spellings as well.
bool is_refused(char32_t character) {
  constexpr std::u32string_view specials = U"()<>[]:;,\\\"";
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 19> ranges{{{0, 0x1F},
                                          {0x7F, 0x9F},
                                          {0xAD, 0xAD},
                                          {0x300, 0x36F},
                                          {0x61C, 0x61C},
                                          {0x115F, 0x1160},
                                          {0x180B, 0x180F},
                                          {0x1AB0, 0x1AFF},
                                          {0x1DC0, 0x1DFF},
                                          {0x200B, 0x200F},
                                          {0x202A, 0x202E},
                                          {0x2060, 0x206F},
                                          {0x20D0, 0x20FF},
                                          {0x3164, 0x3164},
                                          {0xFDD0, 0xFDEF},
                                          {0xFE00, 0xFE2F},
                                          {0xFEFF, 0xFEFF},
                                          {0xFFA0, 0xFFA0},
                                          {0xE0000, 0xE0FFF}}};
  return is_blank(character) || specials.find(character) != std::u32string_view::npos ||
         (character & 0xFFFE) == 0xFFFE || std::ranges::any_of(ranges, [character](const Range& range) {
           return range.first <= character && character <= range.last;
         });
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
