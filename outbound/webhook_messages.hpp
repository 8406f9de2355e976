// The requests that carry webhooks and challenges, with the headers of the endpoint's scheme.
#pragma once
#include <string>
#include <string_view>

#include "domain/rows.hpp"
#include "outbound/webhook_body.hpp"
#include "outbound/webhook_sender.hpp"
#include "outbound/webhook_signature.hpp"

namespace gatehouse::outbound {

// After a rotation scheme standard signs with the earlier secret as well for so long; the vendor's scheme has room for one signature.
inline constexpr std::chrono::hours previous_secret_lifetime{24};

[[nodiscard]] bool previous_secret_counts(const EndpointRow& endpoint, Timestamp now);

[[nodiscard]] WebhookRequest webhook_request(const EndpointName& name, const EndpointRow& endpoint,
                                             const WebhookSecrets& secrets, const std::string& message_id,
                                             WebhookBody body, Timestamp now);

// A challenge: the vendor's asks for a keyed hash of `plain_token`; of scheme standard any 2xx will do.
[[nodiscard]] WebhookRequest challenge_request(const EndpointName& name, const EndpointRow& endpoint,
                                               const WebhookSecrets& secrets, const std::string& plain_token,
                                               Timestamp now);
// Why the answer does not do; empty when it does.
[[nodiscard]] std::string challenge_fault(const EndpointName& name, const EndpointRow& endpoint,
                                          const WebhookSecrets& secrets, const std::string& plain_token,
                                          const WebhookAnswer& answer);

}  // namespace gatehouse::outbound
