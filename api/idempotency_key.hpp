// The Idempotency-Key header: a plain text of printable ASCII, or the same text as a structured-field string in quotes.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::api {

inline constexpr std::size_t idempotency_key_bytes_max = 255;

// Nothing if the field is not a valid key.
[[nodiscard]] std::optional<std::string> parse_idempotency_key(std::string_view field);

}  // namespace gatehouse::api
