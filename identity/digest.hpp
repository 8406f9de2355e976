// SHA-256, HMAC-SHA-256 and a comparison whose time does not depend on where two values differ. Safe from any thread;
// each thread keeps one context of its own, so a short message costs well under a microsecond.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace gatehouse::identity {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view message);
[[nodiscard]] Sha256 hmac_sha256(std::span<const std::uint8_t> key, std::string_view message);

// Values of different length are unequal; the length is not secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace gatehouse::identity
