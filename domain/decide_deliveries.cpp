// What is recorded of webhooks: challenges, deliveries, and the subscriptions that an event ended without naming them. Nothing here is refused
// because it was recorded already: the dispatcher repeats what it is not sure of.
#include "domain/kept_view.hpp"
#include "domain/limits.hpp"
#include "domain/row_writer.hpp"
#include "domain/rules.hpp"
#include "domain/state_keys.hpp"
#include "domain/webhooks.hpp"

namespace gatehouse {

namespace {

void add(Decision& decision, Event event) { decision.events.push_back({outbound_stream, std::move(event)}); }

std::optional<EndpointRow> endpoint_of(const State& state, const EndpointName& name) {
  return endpoint_row(state.rows(), name.stream, name.endpoint_id);
}

LaneRow lane_of(const State& state, const EndpointName& endpoint, const MessagePlace& message) {
  return read_row<LaneRow>(state.rows(), state_keys::lane(message.account_id, endpoint.endpoint_id))
      .value_or(LaneRow{});
}

bool was_challenged(const std::optional<EndpointRow>& row, std::uint64_t version) {
  return row && row->status != EndpointStatus::disabled && row->version == version;
}

bool is_recorded(const LaneRow& lane, const MessagePlace& message, std::uint32_t attempt) {
  return message <= lane.done || (message == lane.tried && attempt <= lane.attempts);
}

bool follows(const OpenListing& listing, const EndedSubscription& ended) {
  return !listing.started || std::pair(listing.last_app, listing.last_user) < std::pair(ended.app_id, ended.user_id);
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext&, const RecordWebhookValidated& command) {
  Decision decision;
  const auto row = endpoint_of(state, command.endpoint);
  if (was_challenged(row, command.endpoint_version))
    add(decision, WebhookEndpointValidated{command.endpoint});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RecordWebhookValidationFailure& command) {
  Decision decision;
  const auto row = endpoint_of(state, command.endpoint);
  if (!was_challenged(row, command.endpoint_version))
    return decision;
  const auto failures = row->validation_failures + 1;
  add(decision,
      WebhookValidationFailed{
          .endpoint = command.endpoint, .failures = failures, .reason = command.reason, .retry_at = command.retry_at});
  if (failures >= limits::webhook_validation_failures_max)
    add(decision, WebhookEndpointDisabled{command.endpoint, EndpointDisabledCause::validation_failed});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RecordWebhookDelivered& command) {
  const auto& delivered = command.delivered;
  Decision decision;
  const auto lane = lane_of(state, delivered.endpoint, delivered.message);
  const auto row = endpoint_of(state, delivered.endpoint);
  if (row && !(delivered.message <= lane.done))
    add(decision, delivered);
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RecordWebhookFailure& command) {
  const auto& failed = command.failed;
  Decision decision;
  const auto lane = lane_of(state, failed.endpoint, failed.message);
  const auto row = endpoint_of(state, failed.endpoint);
  if (!row || is_recorded(lane, failed.message, failed.attempt))
    return decision;
  add(decision, failed);
  if (command.gone && row->status != EndpointStatus::disabled)
    add(decision, WebhookEndpointDisabled{failed.endpoint, EndpointDisabledCause::gone});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RecordDeauthorizations& command) {
  DeauthorizationsListed listed{.account_id = state.account_id(),
                                .account_version = command.account_version,
                                .position = command.position,
                                .ended = {},
                                .complete = true};
  for (const auto& listing : open_listings_of(state.rows(), state.account_id())) {
    if (listing.account_version != command.account_version)
      continue;
    listed.complete = command.complete;
    for (const auto& ended : command.ended) {
      if (follows(listing, ended))
        listed.ended.push_back(ended);
    }
  }
  Decision decision;
  add(decision, std::move(listed));
  return decision;
}

}  // namespace gatehouse
