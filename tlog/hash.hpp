// The hashes of a Merkle tree as RFC 6962 section 2.1 has them: a leaf can never be taken for an inner node. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "identity/digest.hpp"

namespace gatehouse::tlog {

using Hash = identity::Sha256;

[[nodiscard]] Hash leaf_hash(std::string_view entry);
[[nodiscard]] Hash inner_hash(const Hash& left, const Hash& right);
[[nodiscard]] const Hash& empty_root();  // of the tree without leaves

[[nodiscard]] std::string_view as_bytes(const Hash& hash);
// Nothing unless it is 32 bytes long.
[[nodiscard]] std::optional<Hash> as_hash(std::string_view bytes);
[[nodiscard]] std::string to_base64(const Hash& hash);
[[nodiscard]] std::optional<Hash> hash_from_base64(std::string_view text);

}  // namespace gatehouse::tlog
