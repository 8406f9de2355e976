// Z9, Z10, Z13 and Z19 as native commands on the account's own apps. Secrets are made here and shown in this one answer.
#include "api/zoom/catalogue.hpp"

#include "api/client_secrets.hpp"
#include "api/json/plain_values.hpp"
#include "api/submissions.hpp"
#include "api/zoom/app_json.hpp"
#include "api/zoom/body.hpp"
#include "api/zoom/create_body.hpp"
#include "api/zoom/run_commands.hpp"
#include "domain/catalogue_door.hpp"

namespace gatehouse::api::zoom {

namespace {

struct NewClient {
  Credentials credentials{};
  ClientId client_id;
  NewSecret secret;
};

NewClient make_client(Credentials credentials, Timestamp now) {
  return {.credentials = credentials, .client_id = ClientId{to_text(make_uuid(now))}, .secret = make_secret(now)};
}

Command issue(const AppId& app_id, const NewClient& client) {
  return IssueClientCredentials{.app_id = app_id,
                                .credentials = client.credentials,
                                .client_id = client.client_id,
                                .secret_id = client.secret.secret_id,
                                .secret_sha256 = secret_digest(client.secret.text)};
}

std::vector<NewClient> clients_for(const AppFacts& facts, Timestamp now) {
  std::vector<NewClient> clients;
  if (facts.has_production)
    clients.push_back(make_client(Credentials::production, now));
  if (facts.has_development)
    clients.push_back(make_client(Credentials::development, now));
  return clients;
}

std::vector<Command> creation_of(const AppId& app_id, const CreateBody& body, const std::vector<NewClient>& clients) {
  std::vector<Command> commands{RegisterApp{.app_id = app_id,
                                            .manifest = body.manifest,
                                            .developer = {.kind = DeveloperKind::account, .account_id = {}},
                                            .app_type = body.app_type}};
  for (const auto& client : clients)
    commands.push_back(issue(app_id, client));
  if (body.active)
    commands.push_back(ActivateApp{app_id});
  if (body.publish)
    commands.push_back(PublishApp{app_id, body.manifest.facts.listed});
  return commands;
}

http::Response created(std::string body) {
  return {.status = 201,
          .content_type = "application/json",
          .headers = {{"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

std::string creation_answer(const AppId& app_id, const CreateBody& body, const std::vector<NewClient>& clients,
                            Timestamp created_at) {
  std::string text;
  ObjectWriter object(text);
  auto scopes = body.manifest.facts.required_scopes;
  scopes.insert(scopes.end(), body.manifest.facts.optional_scopes.begin(), body.manifest.facts.optional_scopes.end());
  object.member("created_at", time_text(created_at))
      .member("app_id", app_id)
      .member("app_name", body.manifest.facts.name)
      .member("app_type", body.app_type)
      .member("scopes", scopes);
  for (const auto& client : clients) {
    const bool production = client.credentials == Credentials::production;
    ObjectWriter(object.key(production ? "production_credentials" : "development_credentials"))
        .member("client_id", client.client_id)
        .member("client_secret", client.secret.text);
  }
  return text;
}

tl::expected<AppId, Problem> own_app_of(const Services& services, const Exchange& exchange) {
  if (auto caller = caller_of(services, exchange.entry()); !caller)
    return tl::unexpected(std::move(caller.error()));
  const auto app_id = exchange.entry().path.at("app_id");
  const auto snapshot = services.log.state();
  const State state(*snapshot, exchange.entry().account->id());
  if (!is_valid_id(app_id) || !own_app(state, AppId{app_id}))
    return tl::unexpected(make_problem("app_not_found", "There is no such app of this account."));
  return AppId{app_id};
}

// `old_ends` is nothing for "now".
struct Rotation {
  bool makes_new{};
  std::optional<Timestamp> old_ends;
};

tl::expected<Rotation, Problem> read_rotation(std::string_view body) {
  const auto object = read_object(body);
  if (!object)
    return tl::unexpected(object.error());
  const auto action = text_of(*object, "action").value_or("");
  if (action != "new" && action != "update")
    return tl::unexpected(invalid_member("/action", "Must be one of: new update."));
  const auto time = text_of(*object, "revoke_old_secret_time").value_or("");
  Rotation rotation{.makes_new = action == "new", .old_ends = {}};
  if (time == "now")
    return rotation;
  rotation.old_ends = parse_time(time);
  if (!rotation.old_ends)
    return tl::unexpected(
        invalid_member("/revoke_old_secret_time", "Must be now or a time like 2030-01-31T12:00:00Z."));
  return rotation;
}

// Of the production credentials; of the others for an app that has no others.
struct Rotated {
  Credentials credentials{};
  bool has_client{};
};

Rotated rotated_credentials(const Services& services, const Exchange& exchange, const AppId& app_id) {
  const auto snapshot = services.log.state();
  const State state(*snapshot, exchange.entry().account->id());
  const auto app = state.app(app_id);
  const auto credentials = !app || app->facts.has_production ? Credentials::production : Credentials::development;
  return {credentials, state.client_of_app(app_id, credentials).has_value()};
}

std::string result_text(const Committed& committed, std::string_view name) {
  for (const auto& [key, value] : committed.results.front()) {
    if (key == name)
      return std::get<std::string>(value);
  }
  return {};
}

}  // namespace

void create_app(const Services& services, ExchangePointer exchange) {
  auto body = read_create_body(exchange->request().body, services.read_manifest);
  if (!body)
    return exchange->refuse(std::move(body.error()));
  const auto now = services.clock();
  const AppId app_id{to_text(make_uuid(now))};
  auto clients = clients_for(body->manifest.facts, now);
  auto commands = creation_of(app_id, *body, clients);
  run_commands(services, std::move(exchange), std::move(commands),
               [app_id, body = std::move(*body), clients = std::move(clients)](const Committed& committed) {
                 return created(creation_answer(app_id, body, clients, committed.events.front().envelope.recorded_at));
               });
}

void delete_app(const Services& services, ExchangePointer exchange) {
  const auto app_id = own_app_of(services, *exchange);
  if (!app_id)
    return exchange->refuse(app_id.error());
  run_commands(services, std::move(exchange), {WithdrawApp{.app_id = *app_id, .confirmation = {}}}, no_content);
}

void replace_manifest(const Services& services, ExchangePointer exchange) {
  const auto app_id = own_app_of(services, *exchange);
  if (!app_id)
    return exchange->refuse(app_id.error());
  const auto body = read_object(exchange->request().body);
  if (!body)
    return exchange->refuse(body.error());
  auto manifest = read_manifest_member(*body, services.read_manifest);
  if (!manifest)
    return exchange->refuse(std::move(manifest.error()));
  run_commands(services, std::move(exchange),
               {UpdateManifest{.app_id = *app_id, .manifest = std::move(*manifest), .developer = {}, .app_type = {}}},
               no_content);
}

void rotate_secret(const Services& services, ExchangePointer exchange) {
  const auto app_id = own_app_of(services, *exchange);
  if (!app_id)
    return exchange->refuse(app_id.error());
  const auto rotation = read_rotation(exchange->request().body);
  if (!rotation)
    return exchange->refuse(rotation.error());
  const auto now = services.clock();
  const auto [credentials, has_client] = rotated_credentials(services, *exchange, *app_id);
  auto client = make_client(credentials, now);
  std::vector<Command> commands;
  if (!rotation->makes_new) {
    commands.push_back(ChangeSecretExpiry{*app_id, credentials, rotation->old_ends});
  } else if (has_client) {
    commands.push_back(RotateClientSecret{.app_id = *app_id,
                                          .credentials = credentials,
                                          .secret_id = client.secret.secret_id,
                                          .secret_sha256 = secret_digest(client.secret.text),
                                          .previous_expires_at = rotation->old_ends});
  } else {
    commands.push_back(issue(*app_id, client));
  }
  run_commands(services, std::move(exchange), std::move(commands),
               [rotation = *rotation, now, secret = std::move(client.secret)](const Committed& committed) {
                 std::string text;
                 {
                   ObjectWriter object(text);
                   object.member("secret_id", result_text(committed, "secret_id"));
                   if (rotation.makes_new)
                     object.member("new_secret", secret.text);
                   object.member("revoke_old_secret_time", time_text(rotation.old_ends.value_or(now)))
                       .member("client_id", result_text(committed, "client_id"));
                 }
                 return created(std::move(text));
               });
}

}  // namespace gatehouse::api::zoom
