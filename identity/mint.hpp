// Makes access tokens of our own: RFC 9068, signed with EdDSA.
#pragma once
#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "identity/claims.hpp"
#include "identity/signing_key.hpp"

namespace gatehouse::identity {

// Compact form. The claims must be such that a verifier accepts them.
[[nodiscard]] std::string mint(const SigningKey& key, const Claims& claims);

// Claims of the default issuer and audience with a random token id, valid from `now`.
[[nodiscard]] Claims own_claims(std::string subject, std::optional<std::string> account_id,
                                std::set<std::string, std::less<>> scopes, UnixSeconds now,
                                std::chrono::seconds lifetime);

}  // namespace gatehouse::identity
