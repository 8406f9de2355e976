#include "identity/verifier.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "identity/jwk_set.hpp"
#include "table/assert.hpp"

namespace gatehouse::identity {
namespace {

tl::unexpected<TokenError> refuse(TokenErrorCode code, std::string_view detail) {
  return tl::unexpected{TokenError{code, detail}};
}

const TrustedIssuer* find_issuer(const std::vector<TrustedIssuer>& issuers, const CompactToken& token) {
  const auto* name = token.payload.if_contains("iss");
  if (name == nullptr || !name->is_string()) {
    return nullptr;
  }
  const std::string_view text{name->get_string().data(), name->get_string().size()};
  const auto found = std::ranges::find(issuers, text, &TrustedIssuer::issuer);
  return found == issuers.end() ? nullptr : &*found;
}

// The key's own algorithm decides; the header may only agree with it.
tl::expected<void, TokenError> check_signature(const TrustedIssuer& issuer, const CompactToken& token) {
  bool tried = false;
  for (const auto& key : issuer.keys) {
    if ((token.key_id && *token.key_id != key.key_id()) || key.algorithm() != token.algorithm) {
      continue;
    }
    tried = true;
    if (key.verifies(token.signing_input, token.signature)) {
      return {};
    }
  }
  return tried ? refuse(TokenErrorCode::bad_signature, "the signature is wrong")
               : refuse(TokenErrorCode::unknown_key, "no trusted key has the token's kid and algorithm");
}

tl::expected<Claims, TokenError> verify_against(const std::vector<TrustedIssuer>& issuers, std::string_view text) {
  const auto token = take_apart(text);
  if (!token) {
    return tl::unexpected{token.error()};
  }
  const auto* issuer = find_issuer(issuers, *token);
  if (issuer == nullptr) {
    return refuse(TokenErrorCode::unknown_issuer, "the issuer is not trusted");
  }
  if (!token->has_type(issuer->type_policy)) {
    return refuse(TokenErrorCode::wrong_type, "the token's typ is not at+jwt");
  }
  if (auto genuine = check_signature(*issuer, *token); !genuine) {
    return tl::unexpected{genuine.error()};
  }
  return read_claims(token->payload, issuer->audience);
}

tl::expected<void, TokenError> check_times(const Claims& claims, UnixSeconds now) {
  if (now >= claims.expires_at) {
    return refuse(TokenErrorCode::expired, "the token has expired");
  }
  if (claims.issued_at > now + clock_leeway || claims.not_before.value_or(now) > now + clock_leeway) {
    return refuse(TokenErrorCode::not_yet_valid, "the token is not valid yet");
  }
  return {};
}

bool has_duplicate_issuer(const std::vector<TrustedIssuer>& issuers) {
  std::vector<std::string_view> names;
  for (const auto& issuer : issuers) {
    names.push_back(issuer.issuer);
  }
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

}  // namespace

Verifier::Verifier(std::vector<TrustedIssuer> issuers, std::vector<IssuerFile> files, std::size_t cached_tokens)
    : fixed_(std::move(issuers)), files_(std::move(files)), cache_(cached_tokens),
      issuers_(std::make_shared<const Issuers>(fixed_)) {
  GATEHOUSE_ASSERT(!has_duplicate_issuer(fixed_));
}

Verifier::Result Verifier::verify(std::string_view token, UnixSeconds now) {
  if (token.size() > token_bytes_max) {
    return refuse(TokenErrorCode::too_large, "the token is larger than 8 KiB");
  }
  const auto digest = sha256(token);
  if (auto claims = cache_.find(digest, now, generation_.load(std::memory_order_acquire))) {
    return claims;
  }
  std::uint64_t generation = 0;
  const auto issuers = trusted(generation);
  auto verified = verify_against(*issuers, token);
  if (!verified) {
    return tl::unexpected{verified.error()};
  }
  if (auto timely = check_times(*verified, now); !timely) {
    return tl::unexpected{timely.error()};
  }
  auto claims = std::make_shared<const Claims>(std::move(*verified));
  cache_.insert(digest, claims, generation);
  return claims;
}

tl::expected<void, std::string> Verifier::reload() {
  auto issuers = fixed_;
  for (const auto& file : files_) {
    auto keys = read_jwk_set(file.jwk_set);
    if (!keys) {
      return tl::unexpected{keys.error()};
    }
    issuers.push_back({file.issuer, file.audience, std::move(*keys), file.type_policy});
  }
  if (has_duplicate_issuer(issuers)) {
    return tl::unexpected<std::string>{"an issuer is configured twice"};
  }
  auto fresh = std::make_shared<const Issuers>(std::move(issuers));
  const std::lock_guard lock{mutex_};
  issuers_ = std::move(fresh);
  generation_.fetch_add(1, std::memory_order_release);
  return {};
}

std::shared_ptr<const Verifier::Issuers> Verifier::trusted(std::uint64_t& generation) const {
  const std::lock_guard lock{mutex_};
  generation = generation_.load(std::memory_order_relaxed);
  return issuers_;
}

}  // namespace gatehouse::identity
