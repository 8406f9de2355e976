// Base64 with padding (RFC 4648 section 4). Decoding takes the one text that encoding gives.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::identity {

[[nodiscard]] std::string base64_encode(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

}  // namespace gatehouse::identity
