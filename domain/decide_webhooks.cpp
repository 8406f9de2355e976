// What people do to webhook endpoints. An account's are kept by those who may edit on it, an app's by those who keep the app.
#include <algorithm>

#include "catalogue/url_syntax.hpp"
#include "domain/authority.hpp"
#include "domain/catalogue_door.hpp"
#include "domain/limits.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"
#include "domain/webhook_event_types.hpp"
#include "domain/webhooks.hpp"

namespace gatehouse {

namespace {

struct OwnEndpoint {
  EndpointName name;
  EndpointRow row;
};

Decision one_event(const EndpointName& endpoint, Event event) {
  Decision decision;
  decision.events.push_back({endpoint.stream, std::move(event)});
  return decision;
}

// The endpoint, where the caller keeps it; another's is as if it were not there.
tl::expected<OwnEndpoint, Rejection> own_endpoint(const State& state, const DecisionContext& context,
                                                  const EndpointId& id) {
  auto found = find_endpoint(state, id);
  if (found && found->first.stream != catalogue_stream) {
    if (auto refusal = refuse_unless_edits(state, context))
      return tl::unexpected(std::move(*refusal));
  }
  if (!found || (found->first.stream == catalogue_stream && !keeps_app(state, found->first.app_id)))
    return refuse(RejectionCode::webhook_not_found, "There is no such webhook endpoint.");
  return OwnEndpoint{std::move(found->first), std::move(found->second)};
}

std::size_t endpoints_of(const State& state, const std::optional<AppId>& app) {
  std::size_t count = 0;
  const auto add = [&](const EndpointName&, const EndpointRow&) { ++count; };
  if (app)
    visit_endpoints_of_app(state.rows(), *app, add);
  else
    visit_endpoints_of_account(state.rows(), state.account_id(), add);
  return count;
}

std::optional<Rejection> refuse_fields(std::vector<FieldError> errors) {
  if (errors.empty())
    return std::nullopt;
  auto rejection =
      refuse(RejectionCode::invalid_value, "Members of the command are not valid; errors name each.").value();
  rejection.errors = std::move(errors);
  return rejection;
}

void check_url(const std::string& url, std::vector<FieldError>& errors) {
  if (catalogue::is_web_url(url))
    return;
  errors.push_back({"/url", "invalid_value",
                    "Must be an absolute http or https URL of at most " + std::to_string(catalogue::url_bytes_max) +
                        " bytes without user and fragment."});
}

void check_types(const std::vector<std::string>& types, bool of_app, std::vector<FieldError>& errors) {
  for (std::size_t index = 0; index < types.size(); ++index) {
    if (!is_webhook_event_type(types[index], of_app)) {
      errors.push_back({"/event_types/" + std::to_string(index), "invalid_value",
                        of_app ? "It is no type that an app's endpoint can hear; /docs#webhooks lists them."
                               : "It is no type that an account's endpoint can hear; /docs#webhooks lists them."});
    }
  }
}

std::vector<std::string> in_order(std::vector<std::string> types) {
  std::ranges::sort(types);
  const auto twice = std::ranges::unique(types);
  types.erase(twice.begin(), twice.end());
  return types;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const RegisterWebhook& command) {
  if (command.app_id) {
    if (const auto app = own_app(state, *command.app_id); !app)
      return tl::unexpected(app.error());
  }
  std::vector<FieldError> errors;
  check_url(command.url, errors);
  check_types(command.event_types, command.app_id.has_value(), errors);
  if (auto refusal = refuse_fields(std::move(errors)))
    return tl::unexpected(std::move(*refusal));
  if (endpoints_of(state, command.app_id) >= limits::webhooks_max)
    return refuse(RejectionCode::too_many_items, "An account, or an app, may have 20 webhook endpoints.");
  const EndpointName name{command.app_id ? catalogue_stream : state.account_id(),
                          EndpointId{to_text(context.ids->next(context.now))}, command.app_id.value_or(AppId{})};
  auto decision =
      one_event(name, WebhookEndpointRegistered{.endpoint = name,
                                                .url = command.url,
                                                .event_types = in_order(command.event_types),
                                                .scheme = command.scheme.value_or(SignatureScheme::standard)});
  decision.result = {{"endpoint_id", name.endpoint_id.value}};
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const ChangeWebhook& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  const auto& row = own->row;
  const auto url = command.url.value_or(row.url);
  const auto types = in_order(command.event_types.value_or(row.event_types));
  const auto scheme = command.scheme.value_or(row.scheme);
  std::vector<FieldError> errors;
  check_url(url, errors);
  check_types(command.event_types.value_or(row.event_types), !own->name.app_id.empty(), errors);
  if (auto refusal = refuse_fields(std::move(errors)))
    return tl::unexpected(std::move(*refusal));
  const bool elsewhere = url != row.url || scheme != row.scheme;
  if (!elsewhere && types == row.event_types)
    return Decision{};
  return one_event(
      own->name,
      WebhookEndpointChanged{
          .endpoint = own->name, .url = url, .event_types = types, .scheme = scheme, .challenge = elsewhere});
}

Decided decide_one(const State& state, const DecisionContext& context, const RotateWebhookSecret& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  auto decision = one_event(own->name, WebhookSecretRotated{own->name, own->row.generation + 1});
  decision.result = {{"generation", std::uint64_t{own->row.generation + 1}}};
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const EnableWebhook& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  if (own->row.status != EndpointStatus::disabled)
    return Decision{};
  return one_event(own->name, WebhookEndpointEnabled{own->name});
}

Decided decide_one(const State& state, const DecisionContext& context, const DisableWebhook& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  if (own->row.status == EndpointStatus::disabled)
    return Decision{};
  return one_event(own->name, WebhookEndpointDisabled{own->name, EndpointDisabledCause::requested});
}

Decided decide_one(const State& state, const DecisionContext& context, const RemoveWebhook& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  return one_event(own->name, WebhookEndpointRemoved{own->name});
}

Decided decide_one(const State& state, const DecisionContext& context, const ValidateWebhook& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  if (own->row.status == EndpointStatus::disabled)
    return refuse(RejectionCode::webhook_disabled, "The endpoint is disabled; enable it first.");
  return one_event(own->name, WebhookValidationRequested{own->name});
}

Decided decide_one(const State& state, const DecisionContext& context, const ResendWebhook& command) {
  const auto own = own_endpoint(state, context, command.endpoint_id);
  if (!own)
    return tl::unexpected(own.error());
  if (own->row.status == EndpointStatus::disabled)
    return refuse(RejectionCode::webhook_disabled, "The endpoint is disabled; enable it first.");
  return one_event(own->name, WebhookResendRequested{own->name, command.message_id});
}

}  // namespace gatehouse
