#include "api/webhooks/bodies.hpp"

#include <array>

#include "api/cloud_event.hpp"
#include "api/event_json.hpp"
#include "api/json/described_writer.hpp"
#include "api/zoom/app_json.hpp"
#include "domain/scope_needs.hpp"
#include "domain/webhook_event_types.hpp"
#include "outbound/webhook_signature.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse::api {

namespace {

using outbound::WebhookBody;
using outbound::WebhookSubject;

std::optional<WebhookBody> cloud_event(const WebhookSubject& subject) {
  const auto* known = subject.event.known();
  if (known == nullptr)
    return std::nullopt;
  std::string text;
  append_cloud_event(text, opened(subject.state.reader(), subject.event));
  return WebhookBody{"application/cloudevents+json", std::move(text)};
}

const RequestDetails* request_of(const Event& event) {
  if (const auto* asked = std::get_if<PreApprovalRequested>(&event))
    return &asked->request;
  const auto* asked = std::get_if<InstallRequested>(&event);
  return asked != nullptr ? &asked->request : nullptr;
}

void append_permissions(std::string& out, const State& state, const std::vector<std::string>& scopes) {
  std::vector<std::string> view;
  std::vector<std::string> manage;
  for (const auto& scope : scopes) {
    const bool reads = scope.find(":read") != std::string::npos;
    (reads ? view : manage).push_back(scope_needs(state, scope).description);
  }
  ObjectWriter(out).member("View", view).member("Manage", manage);
}

std::vector<std::string> groups_of(const State& state, const UserId& user) {
  std::vector<std::string> names;
  for (const auto& id : state.groups_of(user)) {
    const auto group = state.group(id);
    names.push_back(group ? group->name : id.value);
  }
  return names;
}

void append_request(std::string& out, const WebhookSubject& subject, const RequestDetails& request, const AppRow& app) {
  const auto& facts = app.facts;
  const auto member = subject.state.member(request.user_id);
  auto scopes = request.required_scopes;
  scopes.insert(scopes.end(), request.optional_scopes.begin(), request.optional_scopes.end());
  const std::vector<std::string> none;
  ObjectWriter payload(out);
  payload.member("app_name", request.app_name)
      .member("app_type", zoom::type_of(app))
      .member("app_status", request.credentials == Credentials::production ? "published" : "development")
      .member("app_description", facts.description);
  ObjectWriter(payload.key("app_link"))
      .member("developer_documentation", facts.documentation_url)
      .member("developer_privacy_policy", facts.privacy_url)
      .member("developer_support", facts.support_url)
      .member("developer_terms_of_use", facts.terms_url);
  append_permissions(payload.key("app_permissions"), subject.state, scopes);
  {
    ObjectWriter requirements(payload.key("install_requirements"));
    requirements.member("min_client", "")
        .member("user_role", facts.level == ManagementLevel::account ? "Account Admin" : "Any User");
    ObjectWriter(requirements.key("account_eligibility")).member("premium_events", none).member("account_types", none);
  }
  payload.member("app_scopes", scopes)
      .member("requester_name", member ? subject.state.text_of(member->name) : std::string())
      .member("requester_department", subject.state.text_of(request.department))
      .member("requester_user_groups", groups_of(subject.state, request.user_id))
      .member("request_reason", subject.state.text_of(request.reason));
}

std::optional<WebhookBody> request_created(const WebhookSubject& subject) {
  const auto* known = subject.event.known();
  const auto* request = known != nullptr ? request_of(*known) : nullptr;
  const auto app = request != nullptr ? subject.state.app(request->app_id) : std::nullopt;
  if (!app)
    return std::nullopt;
  std::string text;
  {
    ObjectWriter object(text);
    object.member("event", request_created_type).member("event_ts", subject.event.envelope.recorded_at.unix_ms);
    append_request(object.key("payload"), subject, *request, *app);
  }
  return WebhookBody{"application/json", std::move(text)};
}

// An uninstallation by name does not say which credentials the subscription had: its row does, until the next one takes its place.
Credentials credentials_of(const WebhookSubject& subject) {
  const auto& message = subject.message;
  const auto row = subject.state.user_subscription(message.source.app_id, message.source.user_id);
  return row && row->subscription_id == message.subscription_id ? row->credentials : message.credentials;
}

std::optional<WebhookBody> deauthorized(const WebhookSubject& subject) {
  const auto& source = subject.message.source;
  const auto client = subject.state.client_of_app(source.app_id, credentials_of(subject));
  const auto client_id = client ? client->value : source.app_id.value;
  const auto& user = source.user_id.empty() ? subject.message.installed_by : source.user_id;
  const auto& account = subject.state.account_id();
  const auto recorded_at = subject.event.envelope.recorded_at;
  const auto time = time_text(recorded_at);
  std::string text;
  {
    ObjectWriter object(text);
    object.member("event", deauthorized_type).member("event_ts", recorded_at.unix_ms);
    ObjectWriter(object.key("payload"))
        .member("account_id", account)
        .member("user_id", user)
        .member("signature", outbound::zoom_hash(subject.secret, client_id + account.value + user.value + time))
        .member("deauthorization_time", time)
        .member("client_id", client_id)
        .member("event_ts", recorded_at.unix_ms);
  }
  return WebhookBody{"application/json", std::move(text)};
}

}  // namespace

std::optional<WebhookBody> write_webhook_body(const WebhookSubject& subject) {
  switch (subject.message.source.form) {
  case MessageForm::cloud_event:
    return cloud_event(subject);
  case MessageForm::request_created:
    return request_created(subject);
  case MessageForm::deauthorized:
    return deauthorized(subject);
  }
  return std::nullopt;
}

}  // namespace gatehouse::api
