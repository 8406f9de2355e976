// How a receiver knows that a webhook is ours: the vendor's signature, and Standard Webhooks 1.0. The secrets follow from one of the server's own and
// the endpoint's id and generation; they stand nowhere. Any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"
#include "identity/secret.hpp"

namespace gatehouse::outbound {

class WebhookSecrets {
 public:
  explicit WebhookSecrets(identity::Secret server_secret) : server_secret_(std::move(server_secret)) {}

  // As the receiver is given it: `whsec_` and base64 for scheme standard, base64url for the vendor's.
  [[nodiscard]] std::string text(const EndpointId& endpoint, std::uint32_t generation, SignatureScheme scheme) const;

 private:
  identity::Secret server_secret_;
};

// `v0=` and hex of HMAC-SHA-256(secret, "v0:{seconds}:{body}"): header x-zm-signature.
[[nodiscard]] std::string zoom_signature(std::string_view secret, std::int64_t unix_seconds, std::string_view body);
// `v1,` and base64 of HMAC-SHA-256(key, "{id}.{seconds}.{body}"), the key being what stands base64 after `whsec_`: header webhook-signature.
[[nodiscard]] std::string standard_signature(std::string_view secret, std::string_view message_id,
                                             std::int64_t unix_seconds, std::string_view body);
// Hex of HMAC-SHA-256(secret, text): what answers the vendor's challenge, and its signature of a deauthorization.
[[nodiscard]] std::string zoom_hash(std::string_view secret, std::string_view text);

}  // namespace gatehouse::outbound
