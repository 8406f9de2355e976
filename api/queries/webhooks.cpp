// Webhook endpoints and the log of their deliveries. An account sees its own and those of the apps that it keeps; the platform's door those of every
// app. Answers have no ETag: messages go their way without a command.
#include "domain/webhooks.hpp"

#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "api/route.hpp"
#include "domain/catalogue_door.hpp"
#include "outbound/webhook_messages.hpp"
#include "projections/webhooks.hpp"

namespace gatehouse::api {

namespace {

struct WebhookItem {
  EndpointId endpoint_id;
  AppId app_id;
  std::string url;
  std::vector<std::string> event_types;
  SignatureScheme scheme{};
  EndpointStatus status{};
  std::optional<EndpointDisabledCause> disabled_cause;
  std::uint32_t secret_generation{};
  std::uint64_t waiting{};  // messages
  std::uint32_t validation_failures{};
  std::string validation_reason;
  Timestamp validated_at;
  Timestamp next_challenge_at;
  Timestamp registered_at;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(WebhookItem, (),
                      (endpoint_id, app_id, url, event_types, scheme, status, disabled_cause, secret_generation,
                       waiting, validation_failures, validation_reason, validated_at, next_challenge_at, registered_at,
                       version))

struct WebhookSecret {
  std::string secret;
  std::uint32_t generation{};
  std::string previous_secret;  // while it signs as well
  Timestamp previous_until;
};
BOOST_DESCRIBE_STRUCT(WebhookSecret, (), (secret, generation, previous_secret, previous_until))

struct DeliveryItem {
  std::string message_id;
  std::string event_type;
  AccountId account_id;
  std::uint64_t event_position{};
  AppId app_id;
  UserId user_id;
  DeliveryStatus status{};
  Timestamp retry_at;
  std::vector<DeliveryAttempt> attempts;
};
BOOST_DESCRIBE_STRUCT(DeliveryItem, (),
                      (message_id, event_type, account_id, event_position, app_id, user_id, status, retry_at, attempts))

using Endpoint = std::pair<EndpointName, EndpointRow>;

Problem not_found() { return make_problem("webhook_not_found", "There is no such webhook endpoint."); }

tl::expected<Endpoint, Problem> endpoint_in_path(const QueryContext& context) {
  auto found = find_endpoint(context.state, EndpointId{context.path.at("endpoint_id")});
  const bool of_app = found && found->first.stream == catalogue_stream;
  if (!found || (of_app && !keeps_app(context.state, found->first.app_id)))
    return tl::unexpected(not_found());
  return std::move(*found);
}

const TableReader& rows_of(const QueryContext& context) { return *context.views.front().rows; }

WebhookItem item_of(const QueryContext& context, const EndpointName& name, const EndpointRow& row) {
  WebhookItem item{.endpoint_id = name.endpoint_id,
                   .app_id = name.app_id,
                   .url = row.url,
                   .event_types = row.event_types,
                   .scheme = row.scheme,
                   .status = row.status,
                   .disabled_cause = {},
                   .secret_generation = row.generation,
                   .waiting = waiting_webhooks(rows_of(context), name.endpoint_id),
                   .validation_failures = row.validation_failures,
                   .validation_reason = row.validation_reason,
                   .validated_at = row.validated_at,
                   .next_challenge_at = next_challenge(rows_of(context), name),
                   .registered_at = row.registered_at,
                   .version = row.version};
  if (row.status == EndpointStatus::disabled)
    item.disabled_cause = row.disabled_cause;
  return item;
}

DeliveryItem item_of(const DeliveryRow& row) {
  return {.message_id = row.message_id,
          .event_type = row.event_type,
          .account_id = row.source.account_id,
          .event_position = row.source.position,
          .app_id = row.source.app_id,
          .user_id = row.source.user_id,
          .status = row.status,
          .retry_at = row.retry_at,
          .attempts = row.attempts};
}

template <class T>
QueryAnswer plain_answer(const T& value) {
  QueryAnswer answer;
  append_json(answer.body, value);
  return answer;
}

}  // namespace

QueryResult list_webhooks(const QueryContext& context) {
  const auto after = cursor_of(context);
  std::vector<Endpoint> endpoints;
  bool more = false;
  const auto add = [&](const EndpointName& name, const EndpointRow& row) {
    if (name.endpoint_id.value <= after)
      return;
    more = endpoints.size() == context.page.size;
    if (!more)
      endpoints.emplace_back(name, row);
  };
  if (const auto app = context.parameters.text("app_id")) {
    if (!keeps_app(context.state, AppId{*app}))
      return tl::unexpected(make_problem("app_not_found", "There is no such app that is kept here."));
    visit_endpoints_of_app(context.state.rows(), AppId{*app}, add);
  } else {
    visit_endpoints_of_account(context.state.rows(), context.state.account_id(), add);
  }
  const auto next = more ? endpoints.back().first.endpoint_id.value : std::string();
  auto answer = list_answer(context, endpoints, next, [&](std::string& out, const Endpoint& endpoint) {
    append_json(out, item_of(context, endpoint.first, endpoint.second));
  });
  answer.version.reset();
  return answer;
}

QueryResult show_webhook(const QueryContext& context) {
  const auto endpoint = endpoint_in_path(context);
  if (!endpoint)
    return tl::unexpected(endpoint.error());
  auto answer = described_answer(item_of(context, endpoint->first, endpoint->second), endpoint->second.version);
  answer.moves = true;
  return answer;
}

QueryResult show_webhook_secret(const QueryContext& context) {
  const auto endpoint = endpoint_in_path(context);
  if (!endpoint)
    return tl::unexpected(endpoint.error());
  const auto& [name, row] = *endpoint;
  WebhookSecret answer{.secret = context.webhook_secrets.text(name.endpoint_id, row.generation, row.scheme),
                       .generation = row.generation,
                       .previous_secret = {},
                       .previous_until = {}};
  if (outbound::previous_secret_counts(row, context.now)) {
    answer.previous_secret = context.webhook_secrets.text(name.endpoint_id, row.generation - 1, row.scheme);
    answer.previous_until = {row.rotated_at.unix_ms +
                             std::chrono::milliseconds(outbound::previous_secret_lifetime).count()};
  }
  auto shown = plain_answer(answer);
  shown.secret = true;
  return shown;
}

QueryResult list_webhook_deliveries(const QueryContext& context) {
  const auto endpoint = endpoint_in_path(context);
  if (!endpoint)
    return tl::unexpected(endpoint.error());
  const auto page =
      deliveries_page(rows_of(context), endpoint->first.endpoint_id,
                      context.parameters.choice<DeliveryStatus>("status"), cursor_of(context), context.page.size);
  auto answer = list_answer(context, page.items, page.next,
                            [](std::string& out, const DeliveryRow& row) { append_json(out, item_of(row)); });
  answer.version.reset();
  return answer;
}

}  // namespace gatehouse::api
