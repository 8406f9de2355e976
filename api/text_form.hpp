// The form of text that clients send outside of JSON: query values and header values.
#pragma once
#include <cstddef>
#include <string_view>

namespace gatehouse::api {

// Valid UTF-8 of at most so many characters, none of them a control character. Also true of an empty text.
[[nodiscard]] bool is_plain_text(std::string_view text, std::size_t characters_max);
[[nodiscard]] bool is_printable_ascii(std::string_view text);  // 0x20 to 0x7e
[[nodiscard]] bool is_visible_ascii(std::string_view text);    // 0x21 to 0x7e

}  // namespace gatehouse::api
