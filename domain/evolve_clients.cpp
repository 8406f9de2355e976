// Folds of the events of OAuth clients.
#include "domain/folds.hpp"
#include "domain/limits.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

template <class Change>
void change_client(Table& rows, const EventContext& context, const ClientId& client_id, Change change) {
  auto client = State(rows, context.stream).client(client_id);
  if (!client)
    return;
  change(*client);
  client->changes.push_back(context.recorded_at);
  if (client->changes.size() > limits::secret_changes_max)
    client->changes.erase(client->changes.begin());
  client->version = context.account_version;
  put_row(rows, state_keys::client(client_id), *client);
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const ClientCredentialsIssued& event) {
  ClientRow client;
  client.app_id = event.app_id;
  client.credentials = event.credentials;
  client.current = {.secret_id = event.secret_id, .sha256 = event.secret_sha256, .expires_at = {}};
  client.version = context.account_version;
  put_row(rows, state_keys::client(event.client_id), client);
  rows.put(state_keys::client_of_app(event.app_id, event.credentials), event.client_id.value);
}

void evolve_one(Table& rows, const EventContext& context, const ClientSecretRotated& event) {
  change_client(rows, context, event.client_id, [&](ClientRow& client) {
    client.previous = std::move(client.current);
    client.previous.expires_at = event.previous_expires_at;
    client.current = {.secret_id = event.secret_id, .sha256 = event.secret_sha256, .expires_at = {}};
  });
}

void evolve_one(Table& rows, const EventContext& context, const ClientSecretExpiryChanged& event) {
  change_client(rows, context, event.client_id, [&](ClientRow& client) {
    if (client.previous.secret_id == event.secret_id)
      client.previous.expires_at = event.expires_at;
  });
}

}  // namespace gatehouse
