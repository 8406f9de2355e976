#include "api/text_form.hpp"

#include <algorithm>
#include <cstdint>

namespace gatehouse::api {
namespace {

// The bytes of the character that `text` begins with, or 0 if it begins with none (RFC 3629: no overlong form, no surrogate).
std::size_t character_bytes(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const auto lead = byte(0);
  if (lead < 0x80)
    return 1;
  const std::size_t length = lead >= 0xc2 && lead < 0xe0   ? 2
                             : (lead & 0xf0) == 0xe0       ? 3
                             : lead >= 0xf0 && lead < 0xf5 ? 4
                                                           : 0;
  if (length == 0 || text.size() < length)
    return 0;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xc0) != 0x80)
      return 0;
  }
  const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
  const bool beyond = (lead == 0xed && byte(1) >= 0xa0) || (lead == 0xf4 && byte(1) >= 0x90);
  return overlong || beyond ? 0 : length;
}

bool is_control(char character) {
  const auto code = static_cast<unsigned char>(character);
  return code < 0x20 || code == 0x7f;
}

}  // namespace

bool is_plain_text(std::string_view text, std::size_t characters_max) {
  for (std::size_t characters = 0; !text.empty(); ++characters) {
    const auto bytes = character_bytes(text);
    if (bytes == 0 || is_control(text.front()) || characters == characters_max)
      return false;
    text.remove_prefix(bytes);
  }
  return true;
}

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char character) { return character >= 0x20 && character < 0x7f; });
}

bool is_visible_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char character) { return character > 0x20 && character < 0x7f; });
}

}  // namespace gatehouse::api
