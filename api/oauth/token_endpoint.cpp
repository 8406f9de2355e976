#include "api/oauth/token_endpoint.hpp"

#include <algorithm>

#include "api/client_secrets.hpp"
#include "api/json/described_writer.hpp"
#include "api/oauth/token_request.hpp"
#include "api/public_url.hpp"
#include "domain/state.hpp"
#include "domain/subscription.hpp"
#include "identity/digest.hpp"
#include "identity/mint.hpp"

namespace gatehouse::api::oauth {

namespace {

constexpr std::uint64_t client_invalid = 4702;
constexpr std::uint64_t app_disabled = 4717;
constexpr std::uint64_t grant_not_for_client = 4705;
constexpr std::uint64_t scope_invalid = 4711;
constexpr std::uint64_t owner_gone = 4735;
constexpr std::uint64_t disabled_by_admin = 4738;

struct Client {
  ClientRow row;
  AppRow app;
};

bool opens(const ClientSecretState& secret, std::string_view digest, Timestamp now) {
  const bool live = !secret.secret_id.empty() && (secret.expires_at.unix_ms == 0 || secret.expires_at > now);
  return identity::equal_in_constant_time(secret.sha256, digest) && live;
}

// One answer for whatever is wrong with the client: nobody learns which ids exist.
tl::expected<Client, Refusal> authenticate_client(const State& state, const TokenRequest& request, Timestamp now) {
  const tl::unexpected<Refusal> refused(
      Refusal{"invalid_client", client_invalid, "The client's id or secret is not valid.", request.by_header});
  const auto client = is_valid_id(request.client_id) ? state.client(ClientId{request.client_id}) : std::nullopt;
  if (!client)
    return refused;
  const auto digest = secret_digest(request.client_secret);
  const bool current = opens(client->current, digest, now);
  if (!opens(client->previous, digest, now) && !current)
    return refused;
  auto app = state.app(client->app_id);
  if (!app || app->withdrawn)
    return refused;
  return Client{*client, std::move(*app)};
}

// What of the app is installed, for the account or for the member, is switched off: by pre-approval, a restriction or an admin (R38).
bool is_suspended(const State& state, const AppId& app, const UserId& user) {
  bool installed = false;
  for (const auto& subscription :
       {effective_account_subscription(state, app), effective_user_subscription(state, app, user)}) {
    if (subscription && subscription->active())
      return false;
    installed = installed || (subscription && subscription->live);
  }
  return installed;
}

// Whom the token speaks for.
struct Subject {
  std::string id;
  std::optional<std::string> account_id;
};

tl::expected<Subject, Refusal> creator_of(const TableReader& rows, const Client& client, const TokenRequest& request) {
  const auto refused = [](std::string_view error, std::uint64_t number, std::string_view description) {
    return tl::unexpected(Refusal{error, number, description});
  };
  const auto& app = client.app;
  if (app.app_type != "s2s_oauth" || app.developer != DeveloperKind::account)
    return refused("unauthorized_client", grant_not_for_client, "account_credentials is for apps of type s2s_oauth.");
  if (app.developer_account_id.value != *request.account_id)
    return refused("invalid_grant", client_invalid, "The app is not one of this account.");
  if (!app.activated)
    return refused("unauthorized_client", app_disabled, "The app is not activated.");
  if (!State(rows, app.developer_account_id).active_member(app.creator_id))
    return refused("invalid_grant", owner_gone, "Who registered the app is no active member of the account any more.");
  if (is_suspended(State(rows, app.developer_account_id), client.row.app_id, app.creator_id))
    return refused("invalid_grant", disabled_by_admin, "The token is disabled by admin.");
  return Subject{app.creator_id.value, *request.account_id};
}

Subject client_itself(const Client& client, const TokenRequest& request) {
  Subject subject{request.client_id, std::nullopt};
  if (client.app.developer == DeveloperKind::account)
    subject.account_id = client.app.developer_account_id.value;
  return subject;
}

using Scopes = std::set<std::string, std::less<>>;

tl::expected<Scopes, Refusal> granted_scopes(const AppRow& app, const std::vector<std::string>& asked) {
  Scopes held(app.facts.required_scopes.begin(), app.facts.required_scopes.end());
  held.insert(app.facts.optional_scopes.begin(), app.facts.optional_scopes.end());
  if (!std::ranges::all_of(asked, [&](const auto& name) { return held.contains(name); }))
    return tl::unexpected(Refusal{"invalid_scope", scope_invalid, "The app does not have all of these scopes."});
  Scopes granted = asked.empty() ? std::move(held) : Scopes(asked.begin(), asked.end());
  if (granted.size() > identity::claim_scopes_max)
    return tl::unexpected(
        Refusal{"invalid_scope", scope_invalid, "A token holds at most 64 scopes: name those that you need."});
  return granted;
}

std::string joined(const Scopes& scopes) {
  std::string text;
  for (const auto& name : scopes)
    text += (text.empty() ? "" : " ") + name;
  return text;
}

tl::expected<std::string, Refusal> answer_to(const Services& services, const http::Request& http_request) {
  const auto request = read_token_request(http_request);
  if (!request)
    return tl::unexpected(request.error());
  const auto now = services.clock();
  const auto snapshot = services.log.state();
  const auto client = authenticate_client(State(*snapshot, catalogue_stream), *request, now);
  if (!client)
    return tl::unexpected(client.error());
  const auto subject = request->grant == TokenRequest::Grant::account_credentials
                           ? creator_of(*snapshot, *client, *request)
                           : client_itself(*client, *request);
  if (!subject)
    return tl::unexpected(subject.error());
  const auto scopes = granted_scopes(client->app, request->scopes);
  if (!scopes)
    return tl::unexpected(scopes.error());
  const identity::UnixSeconds seconds{std::chrono::seconds{now.unix_ms / 1'000}};
  auto claims = identity::own_claims(subject->id, subject->account_id, *scopes, seconds, token_lifetime);
  claims.client_id = request->client_id;
  claims.app_id = client->row.app_id.value;
  std::string body;
  ObjectWriter(body)
      .member("access_token", identity::mint(services.signing_key, claims))
      .member("token_type", "bearer")
      .member("expires_in", static_cast<std::uint64_t>(token_lifetime.count()))
      .member("scope", joined(*scopes))
      .member("api_url", public_url(services, http_request));
  return body;
}

}  // namespace

void issue_token(const Services& services, ExchangePointer exchange) {
  auto body = answer_to(services, exchange->request());
  if (!body)
    return exchange->answer(to_response(body.error()));
  exchange->answer({.status = 200,
                    .content_type = "application/json",
                    .headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}},
                    .body = std::move(*body)});
}

}  // namespace gatehouse::api::oauth
