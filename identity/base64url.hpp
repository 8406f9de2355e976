// Base64url without padding (RFC 4648 section 5, as RFC 7515 uses it). Decoding is strict: one text for each value, so
// padding, white space, other characters and stray bits after the last byte are all refused.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::identity {

[[nodiscard]] std::string base64url_encode(std::string_view bytes);
[[nodiscard]] std::string base64url_encode(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace gatehouse::identity
