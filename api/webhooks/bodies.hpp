// The bodies of webhooks: an event as a CloudEvent 1.0 in structured mode, which is a payload of Standard Webhooks as well, or as the vendor shapes it.
// Any thread.
#pragma once
#include <optional>

#include "outbound/webhook_body.hpp"

namespace gatehouse::api {

[[nodiscard]] std::optional<outbound::WebhookBody> write_webhook_body(const outbound::WebhookSubject& subject);

}  // namespace gatehouse::api
