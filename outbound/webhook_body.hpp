// What a webhook says: written by whoever knows the forms of events (api/webhooks), asked for at each attempt.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/state.hpp"
#include "events/envelope.hpp"
#include "projections/webhooks.hpp"

namespace gatehouse::outbound {

struct WebhookBody {
  std::string content_type;
  std::string text;  // equal to what JSON.stringify(JSON.parse(text)) gives in JavaScript: receivers sign that
};

struct WebhookSubject {
  const State& state;  // of the account that the event is of, as it is now
  const RecordedEvent& event;
  const webhook_lanes::QueuedRow& message;
  std::string_view secret;  // of the endpoint
};

// Nothing when the event cannot be told in that form.
using WriteWebhookBody = std::function<std::optional<WebhookBody>(const WebhookSubject&)>;

}  // namespace gatehouse::outbound
