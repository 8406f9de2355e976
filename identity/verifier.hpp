// Decides whether a bearer token is what it claims to be: RFC 9068 access tokens of the issuers that the configuration
// trusts, each for its own audience and with its own keys. A token is never accepted from its exp on; an issuer whose
// clock runs ahead is forgiven by clock_leeway. Safe from any thread: a token seen before costs a hash and a look-up,
// another one a signature (about 0.1 ms).
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "identity/claims.hpp"
#include "identity/compact_token.hpp"
#include "identity/public_key.hpp"
#include "identity/token_cache.hpp"
#include "identity/token_error.hpp"

namespace gatehouse::identity {

inline constexpr std::chrono::seconds clock_leeway{60};

struct TrustedIssuer {
  std::string issuer;
  std::string audience;
  std::vector<PublicKey> keys;
  TypePolicy type_policy = TypePolicy::access_token;
};

// An issuer whose keys stand in a JWK Set file, read again by reload().
struct IssuerFile {
  std::string issuer;
  std::string audience;
  std::filesystem::path jwk_set;
  TypePolicy type_policy = TypePolicy::access_token;
};

class Verifier {
 public:
  using Result = tl::expected<std::shared_ptr<const Claims>, TokenError>;

  // Trusts `issuers` at once and those of `files` from the first successful reload() on.
  explicit Verifier(std::vector<TrustedIssuer> issuers, std::vector<IssuerFile> files = {},
                    std::size_t cached_tokens = cached_tokens_max);

  [[nodiscard]] Result verify(std::string_view token, UnixSeconds now);

  // Reads every file again. All or nothing: when one is bad, or an issuer is named twice, the keys in use stay. Tokens
  // whose key is gone stop working at once.
  [[nodiscard]] tl::expected<void, std::string> reload();

 private:
  using Issuers = std::vector<TrustedIssuer>;

  [[nodiscard]] std::shared_ptr<const Issuers> trusted(std::uint64_t& generation) const;

  const Issuers fixed_;
  const std::vector<IssuerFile> files_;
  TokenCache cache_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Issuers> issuers_;
  std::atomic<std::uint64_t> generation_{1};
};

}  // namespace gatehouse::identity
