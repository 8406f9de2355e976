// What a verified access token says (RFC 9068, with account_id of our own). Who somebody is, never what they may do:
// that comes from the directory at the moment of the request. Times are whole seconds, as in the token.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "identity/token_error.hpp"

namespace boost::json {
class object;
}

namespace gatehouse::identity {

using UnixSeconds = std::chrono::sys_seconds;

inline constexpr std::size_t claim_id_bytes_max = 64;     // sub, account_id: [A-Za-z0-9_.@:-]
inline constexpr std::size_t claim_text_bytes_max = 256;  // iss, aud, client_id, jti: printable ASCII
inline constexpr std::size_t claim_audiences_max = 16;
inline constexpr std::size_t claim_scopes_max = 64;
inline constexpr std::size_t claim_scope_bytes_max = 128;

struct Claims {
  std::string issuer;
  std::string audience;  // the one that we answer to, where the token names several
  std::string subject;   // the user's id, or the service's name
  std::optional<std::string> account_id;
  std::string client_id;
  std::optional<std::string> app_id;  // the token was given to an app, for the APIs that apps use alone
  std::string token_id;
  std::set<std::string, std::less<>> scopes;
  UnixSeconds issued_at;
  UnixSeconds expires_at;
  std::optional<UnixSeconds> not_before;

  [[nodiscard]] bool expired(UnixSeconds now) const { return now >= expires_at; }
  [[nodiscard]] bool has_scope(std::string_view scope) const { return scopes.contains(scope); }
};

[[nodiscard]] bool is_claim_id(std::string_view text);
[[nodiscard]] bool is_claim_text(std::string_view text);
[[nodiscard]] bool is_scope_token(std::string_view text);  // RFC 6749 section 3.3

// Presence, type and form of every claim, and that the token ends after it begins. Whether the clock agrees is for the
// caller.
[[nodiscard]] tl::expected<Claims, TokenError> read_claims(const boost::json::object& payload,
                                                           std::string_view expected_audience);

}  // namespace gatehouse::identity
