#include "projections/webhook_rows.hpp"

#include "table/key.hpp"

namespace gatehouse {

namespace {

std::string endpoint_key(const EndpointName& endpoint) {
  return Key(endpoint_tag).text(endpoint.stream.value).text(endpoint.endpoint_id.value).take();
}
std::string listeners_key(const EndpointName& endpoint) {
  return endpoint.app_id.empty() ? Key(account_listeners_tag).text(endpoint.stream.value).take()
                                 : Key(app_listeners_tag).text(endpoint.app_id.value).take();
}
std::string challenge_key(std::uint64_t at, const EndpointName& endpoint) {
  return Key(challenge_tag).number(at).text(endpoint.endpoint_id.value).take();
}

std::vector<Listener> listeners_at(const TableReader& rows, const std::string& key) {
  const auto value = rows.get(key);
  return value ? webhook_row<ListenersRow>(*value).listeners : std::vector<Listener>();
}

void set_listener(Table& rows, const EndpointName& endpoint, const KnownEndpointRow* known) {
  const auto key = listeners_key(endpoint);
  auto listeners = listeners_at(rows, key);
  std::erase_if(listeners, [&](const Listener& one) { return one.endpoint == endpoint; });
  if (known != nullptr && known->status != EndpointStatus::disabled)
    listeners.push_back({endpoint, known->event_types, known->since});
  if (listeners.empty())
    rows.erase(key);
  else
    rows.put(key, pack(ListenersRow{std::move(listeners)}));
}

void set_challenge(Table& rows, const EndpointName& endpoint, std::uint64_t before, std::uint64_t after) {
  if (before == after)
    return;
  if (before != 0)
    rows.erase(challenge_key(before, endpoint));
  if (after != 0)
    rows.put(challenge_key(after, endpoint), pack(endpoint));
}

}  // namespace

std::optional<KnownEndpointRow> known_endpoint(const TableReader& rows, const EndpointName& endpoint) {
  const auto value = rows.get(endpoint_key(endpoint));
  return value ? std::optional(webhook_row<KnownEndpointRow>(*value)) : std::nullopt;
}

std::vector<Listener> listeners_to_account(const TableReader& rows, const AccountId& account) {
  return listeners_at(rows, Key(account_listeners_tag).text(account.value).take());
}

std::vector<Listener> listeners_to_app(const TableReader& rows, const AppId& app) {
  return listeners_at(rows, Key(app_listeners_tag).text(app.value).take());
}

void put_endpoint(Table& rows, const EndpointName& endpoint, const KnownEndpointRow& known) {
  const auto before = known_endpoint(rows, endpoint);
  set_challenge(rows, endpoint, before ? before->challenge_at : 0, known.challenge_at);
  set_listener(rows, endpoint, &known);
  rows.put(endpoint_key(endpoint), pack(known));
}

void erase_endpoint(Table& rows, const EndpointName& endpoint) {
  if (const auto before = known_endpoint(rows, endpoint))
    set_challenge(rows, endpoint, before->challenge_at, 0);
  set_listener(rows, endpoint, nullptr);
  rows.erase(endpoint_key(endpoint));
}

void erase_below(Table& rows, const std::string& prefix) {
  std::vector<std::string> keys;
  rows.scan(prefix, [&](std::string_view key, std::string_view) {
    keys.emplace_back(key);
    return true;
  });
  for (const auto& key : keys)
    rows.erase(key);
}

}  // namespace gatehouse
