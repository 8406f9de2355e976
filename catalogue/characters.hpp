// The length of a text as people count it: Unicode characters, not bytes. Every limit of a text that people write is in these.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gatehouse::catalogue {

// `utf8` is valid UTF-8.
[[nodiscard]] inline std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80; }));
}

}  // namespace gatehouse::catalogue
