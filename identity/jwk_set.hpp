// Reads a JWK Set (RFC 7517) of public signing keys: OKP Ed25519, EC P-256, RSA. Keys for other uses, curves, types and
// algorithms are skipped, as the RFC asks; a key of ours with a wrong member, with private parts, or with another's key
// id spoils the whole set, and so does a set without one usable key. The error names the key's place, never its value.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "identity/public_key.hpp"

namespace gatehouse::identity {

inline constexpr std::size_t jwk_set_bytes_max = 1024 * 1024;
inline constexpr std::size_t jwk_set_keys_max = 100;
inline constexpr std::size_t key_id_bytes_max = 256;

using JwkSet = tl::expected<std::vector<PublicKey>, std::string>;

[[nodiscard]] JwkSet parse_jwk_set(std::string_view text);
[[nodiscard]] JwkSet read_jwk_set(const std::filesystem::path& file);

}  // namespace gatehouse::identity
