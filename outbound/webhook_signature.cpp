#include "outbound/webhook_signature.hpp"

#include <span>

#include "identity/base64.hpp"
#include "identity/base64url.hpp"
#include "identity/digest.hpp"

namespace gatehouse::outbound {

namespace {

constexpr std::string_view standard_prefix = "whsec_";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes)
    text.append({digits[byte >> 4U], digits[byte & 15U]});
  return text;
}

}  // namespace

std::string WebhookSecrets::text(const EndpointId& endpoint, std::uint32_t generation, SignatureScheme scheme) const {
  const bool standard = scheme == SignatureScheme::standard;
  const auto derived =
      identity::hmac_sha256(server_secret_.reveal(), std::string(standard ? "standard:" : "zoom:") + endpoint.value +
                                                         ":" + std::to_string(generation));
  return standard ? std::string(standard_prefix) + identity::base64_encode(derived)
                  : identity::base64url_encode(derived);
}

std::string zoom_signature(std::string_view secret, std::int64_t unix_seconds, std::string_view body) {
  return "v0=" + zoom_hash(secret, "v0:" + std::to_string(unix_seconds) + ":" + std::string(body));
}

std::string standard_signature(std::string_view secret, std::string_view message_id, std::int64_t unix_seconds,
                               std::string_view body) {
  if (secret.starts_with(standard_prefix))
    secret.remove_prefix(standard_prefix.size());
  const auto key = identity::base64_decode(secret).value_or(std::string());
  const auto signed_text = std::string(message_id) + "." + std::to_string(unix_seconds) + "." + std::string(body);
  return "v1," + identity::base64_encode(identity::hmac_sha256(bytes_of(key), signed_text));
}

std::string zoom_hash(std::string_view secret, std::string_view text) {
  return hex(identity::hmac_sha256(bytes_of(secret), text));
}

}  // namespace gatehouse::outbound
