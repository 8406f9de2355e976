// An app's OAuth clients: one for each set of its credentials, with a secret that can be replaced while the one before goes on for a while.
#include <algorithm>

#include "domain/catalogue_door.hpp"
#include "domain/limits.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

struct OwnClient {
  ClientId client_id;
  ClientRow row;
};

tl::expected<OwnClient, Rejection> own_client(const State& state, const AppId& app, Credentials credentials) {
  if (const auto own = own_app(state, app); !own)
    return tl::unexpected(own.error());
  auto client_id = state.client_of_app(app, credentials);
  if (!client_id)
    return refuse(RejectionCode::no_client_credentials, "The app has no client for these credentials.");
  auto row = state.client(*client_id);
  return OwnClient{std::move(*client_id), std::move(*row)};
}

tl::expected<Timestamp, Rejection> expiry_of(const DecisionContext& context, std::optional<Timestamp> asked) {
  const auto expires_at = asked.value_or(context.now);
  const auto latest = context.now.unix_ms + std::chrono::milliseconds(limits::secret_expiry_max).count();
  if (expires_at >= context.now && expires_at.unix_ms <= latest)
    return expires_at;
  return refuse(RejectionCode::secret_expiry_invalid, "An old secret ends now or within 30 days.");
}

std::optional<Rejection> refuse_change(const DecisionContext& context, const ClientRow& client) {
  const auto since = context.now.unix_ms - std::chrono::milliseconds(limits::secret_changes_window).count();
  const auto recent =
      std::ranges::count_if(client.changes, [&](const Timestamp& change) { return change.unix_ms > since; });
  if (static_cast<std::size_t>(recent) < limits::secret_changes_max)
    return std::nullopt;
  return refuse(RejectionCode::too_many_secret_changes, "The secret was changed three times within 15 minutes.")
      .value();
}

Decision one_event(Event event, CommandResult result) {
  Decision decision;
  decision.events.push_back({catalogue_stream, std::move(event)});
  decision.result = std::move(result);
  return decision;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext&, const IssueClientCredentials& command) {
  const auto app = own_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  const bool exists =
      command.credentials == Credentials::production ? app->facts.has_production : app->facts.has_development;
  if (!exists)
    return refuse(RejectionCode::credentials_not_available, "The app does not have these credentials.");
  if (state.client_of_app(command.app_id, command.credentials) || state.client(command.client_id))
    return refuse(RejectionCode::client_exists, "The app has a client for these credentials.");
  return one_event(ClientCredentialsIssued{.app_id = command.app_id,
                                           .credentials = command.credentials,
                                           .client_id = command.client_id,
                                           .secret_id = command.secret_id,
                                           .secret_sha256 = command.secret_sha256},
                   {{"client_id", command.client_id.value}, {"secret_id", command.secret_id.value}});
}

Decided decide_one(const State& state, const DecisionContext& context, const RotateClientSecret& command) {
  const auto client = own_client(state, command.app_id, command.credentials);
  if (!client)
    return tl::unexpected(client.error());
  const auto expires_at = expiry_of(context, command.previous_expires_at);
  if (!expires_at)
    return tl::unexpected(expires_at.error());
  if (auto refusal = refuse_change(context, client->row))
    return tl::unexpected(std::move(*refusal));
  return one_event(ClientSecretRotated{.app_id = command.app_id,
                                       .client_id = client->client_id,
                                       .secret_id = command.secret_id,
                                       .secret_sha256 = command.secret_sha256,
                                       .previous_expires_at = *expires_at},
                   {{"client_id", client->client_id.value}, {"secret_id", command.secret_id.value}});
}

Decided decide_one(const State& state, const DecisionContext& context, const ChangeSecretExpiry& command) {
  const auto client = own_client(state, command.app_id, command.credentials);
  if (!client)
    return tl::unexpected(client.error());
  const auto& previous = client->row.previous;
  if (previous.secret_id.empty() || previous.expires_at <= context.now)
    return refuse(RejectionCode::no_client_credentials, "There is no old secret that still works.");
  const auto expires_at = expiry_of(context, command.expires_at);
  if (!expires_at)
    return tl::unexpected(expires_at.error());
  if (auto refusal = refuse_change(context, client->row))
    return tl::unexpected(std::move(*refusal));
  return one_event(ClientSecretExpiryChanged{.app_id = command.app_id,
                                             .client_id = client->client_id,
                                             .secret_id = previous.secret_id,
                                             .expires_at = *expires_at},
                   {{"client_id", client->client_id.value}, {"secret_id", previous.secret_id.value}});
}

}  // namespace gatehouse
