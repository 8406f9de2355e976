#include "identity/mint.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "identity/base64url.hpp"
#include "identity/secure_random.hpp"
#include "table/assert.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

constexpr std::string_view own_client = "gatehouse-cli";

json::object payload_of(const Claims& claims) {
  json::object payload{{"iss", claims.issuer},
                       {"aud", claims.audience},
                       {"sub", claims.subject},
                       {"client_id", claims.client_id},
                       {"jti", claims.token_id},
                       {"iat", claims.issued_at.time_since_epoch().count()},
                       {"exp", claims.expires_at.time_since_epoch().count()}};
  if (claims.not_before) {
    payload["nbf"] = claims.not_before->time_since_epoch().count();
  }
  if (claims.account_id) {
    payload["account_id"] = *claims.account_id;
  }
  if (claims.app_id) {
    payload["app_id"] = *claims.app_id;
  }
  if (!claims.scopes.empty()) {
    std::string scope;
    for (const auto& name : claims.scopes) {
      scope += (scope.empty() ? "" : " ") + name;
    }
    payload["scope"] = scope;
  }
  return payload;
}

}  // namespace

std::string mint(const SigningKey& key, const Claims& claims) {
  const auto payload = payload_of(claims);
  GATEHOUSE_ASSERT(read_claims(payload, claims.audience).has_value());
  const json::object header{{"alg", "EdDSA"}, {"typ", "at+jwt"}, {"kid", key.key_id()}};
  auto token = base64url_encode(json::serialize(header)) + "." + base64url_encode(json::serialize(payload));
  token += "." + base64url_encode(key.sign(token));
  return token;
}

Claims own_claims(std::string subject, std::optional<std::string> account_id, std::set<std::string, std::less<>> scopes,
                  UnixSeconds now, std::chrono::seconds lifetime) {
  Claims claims;
  claims.issuer = own_issuer;
  claims.audience = own_audience;
  claims.subject = std::move(subject);
  claims.account_id = std::move(account_id);
  claims.client_id = own_client;
  claims.token_id = random_id();
  claims.scopes = std::move(scopes);
  claims.issued_at = now;
  claims.expires_at = now + lifetime;
  return claims;
}

}  // namespace gatehouse::identity
