// AES-256-GCM (NIST SP 800-38D): encryption whose result cannot be changed unnoticed. One key must never see one nonce with two texts.
// Safe from any thread; each keeps a context of its own.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::identity {

inline constexpr std::size_t aead_key_bytes = 32;
inline constexpr std::size_t aead_nonce_bytes = 12;
inline constexpr std::size_t aead_tag_bytes = 16;

using AeadKey = std::span<const std::uint8_t, aead_key_bytes>;
using AeadNonce = std::span<const std::uint8_t, aead_nonce_bytes>;

// The text's bytes, then the tag. `bound` is not in it, but opens it.
[[nodiscard]] std::string aead_seal(AeadKey key, AeadNonce nonce, std::string_view bound, std::string_view text);

// Nothing unless these very bytes were sealed with this key, nonce and `bound`.
[[nodiscard]] std::optional<std::string> aead_open(AeadKey key, AeadNonce nonce, std::string_view bound,
                                                   std::string_view sealed);

}  // namespace gatehouse::identity
