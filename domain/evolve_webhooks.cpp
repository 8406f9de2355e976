// Folds of webhook endpoints and of what is recorded of their messages.
#include "domain/folds.hpp"
#include "domain/kept_view.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/webhooks.hpp"

namespace gatehouse {

namespace {

template <class Change>
void change_endpoint(Table& rows, const EventContext& context, const EndpointName& name, Change change) {
  auto row = endpoint_row(rows, name.stream, name.endpoint_id);
  if (!row)
    return;
  change(*row);
  if (context.stream == name.stream)
    row->version = context.account_version;
  put_row(rows, state_keys::endpoint(name.stream, name.endpoint_id), *row);
}

void challenge(EndpointRow& row) {
  row.status = EndpointStatus::pending;
  row.validation_failures = 0;
  row.validation_reason.clear();
  row.validated_at = {};
}

template <class Change>
void change_lane(Table& rows, const EndpointName& endpoint, const MessagePlace& message, Change change) {
  const auto key = state_keys::lane(message.account_id, endpoint.endpoint_id);
  auto lane = read_row<LaneRow>(rows, key).value_or(LaneRow{});
  change(lane);
  put_row(rows, key, lane);
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const WebhookEndpointRegistered& event) {
  EndpointRow row;
  row.app_id = event.endpoint.app_id;
  row.url = event.url;
  row.event_types = event.event_types;
  row.scheme = event.scheme;
  row.generation = 1;
  row.registered_at = context.recorded_at;
  row.version = context.account_version;
  put_row(rows, state_keys::endpoint(event.endpoint.stream, event.endpoint.endpoint_id), row);
  if (!row.app_id.empty())
    rows.put(state_keys::endpoint_of_app(row.app_id, event.endpoint.endpoint_id), {});
}

void evolve_one(Table& rows, const EventContext& context, const WebhookEndpointChanged& event) {
  change_endpoint(rows, context, event.endpoint, [&](EndpointRow& row) {
    row.url = event.url;
    row.event_types = event.event_types;
    row.scheme = event.scheme;
    if (event.challenge && row.status != EndpointStatus::disabled)
      challenge(row);
  });
}

void evolve_one(Table& rows, const EventContext& context, const WebhookSecretRotated& event) {
  change_endpoint(rows, context, event.endpoint, [&](EndpointRow& row) {
    row.generation = event.generation;
    row.rotated_at = context.recorded_at;
  });
}

void evolve_one(Table& rows, const EventContext& context, const WebhookEndpointEnabled& event) {
  change_endpoint(rows, context, event.endpoint, challenge);
}

void evolve_one(Table& rows, const EventContext& context, const WebhookEndpointDisabled& event) {
  change_endpoint(rows, context, event.endpoint, [&](EndpointRow& row) {
    row.status = EndpointStatus::disabled;
    row.disabled_cause = event.cause;
  });
}

void evolve_one(Table& rows, const EventContext&, const WebhookEndpointRemoved& event) {
  rows.erase(state_keys::endpoint(event.endpoint.stream, event.endpoint.endpoint_id));
  if (!event.endpoint.app_id.empty())
    rows.erase(state_keys::endpoint_of_app(event.endpoint.app_id, event.endpoint.endpoint_id));
}

// What they ask for is the projection's to remember.
void evolve_one(Table&, const EventContext&, const WebhookValidationRequested&) {}
void evolve_one(Table&, const EventContext&, const WebhookResendRequested&) {}

void evolve_one(Table& rows, const EventContext& context, const WebhookEndpointValidated& event) {
  change_endpoint(rows, context, event.endpoint, [&](EndpointRow& row) {
    row.status = EndpointStatus::active;
    row.validation_failures = 0;
    row.validation_reason.clear();
    row.validated_at = context.recorded_at;
  });
}

void evolve_one(Table& rows, const EventContext& context, const WebhookValidationFailed& event) {
  change_endpoint(rows, context, event.endpoint, [&](EndpointRow& row) {
    row.validation_failures = event.failures;
    row.validation_reason = event.reason;
  });
}

void evolve_one(Table& rows, const EventContext&, const WebhookDelivered& event) {
  change_lane(rows, event.endpoint, event.message, [&](LaneRow& lane) { lane.done = event.message; });
}

void evolve_one(Table& rows, const EventContext&, const WebhookDeliveryFailed& event) {
  change_lane(rows, event.endpoint, event.message, [&](LaneRow& lane) {
    lane.tried = event.message;
    lane.attempts = event.attempt;
    if (event.retry_at.unix_ms == 0)
      lane.done = event.message;
  });
}

void evolve_one(Table& rows, const EventContext&, const DeauthorizationsListed& event) {
  for (auto listing : open_listings_of(rows, event.account_id)) {
    if (listing.account_version != event.account_version)
      continue;
    if (!event.ended.empty()) {
      listing.started = true;
      listing.last_app = event.ended.back().app_id;
      listing.last_user = event.ended.back().user_id;
    }
    advance_listing(rows, listing, event.complete);
  }
}

}  // namespace gatehouse
