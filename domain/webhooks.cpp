#include "domain/webhooks.hpp"

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/webhook_event_types.hpp"

namespace gatehouse {

namespace {

bool hears_deauthorizations(const EndpointRow& row) {
  return row.status != EndpointStatus::disabled && wants(row.event_types, deauthorized_type);
}

}  // namespace

std::optional<EndpointRow> endpoint_row(const TableReader& rows, const AccountId& owner, const EndpointId& endpoint) {
  return read_row<EndpointRow>(rows, state_keys::endpoint(owner, endpoint));
}

std::optional<std::pair<EndpointName, EndpointRow>> find_endpoint(const State& state, const EndpointId& endpoint) {
  for (const auto& owner : {state.account_id(), catalogue_stream}) {
    if (auto row = endpoint_row(state.rows(), owner, endpoint))
      return std::pair{EndpointName{owner, endpoint, row->app_id}, std::move(*row)};
  }
  return std::nullopt;
}

void visit_endpoints_of_account(const TableReader& rows, const AccountId& account, const EndpointVisitor& visit) {
  rows.scan(state_keys::endpoints(account), [&](std::string_view key, std::string_view value) {
    KeyParts parts(key);
    parts.text();
    const auto row = unpack_row<EndpointRow>(value);
    visit({account, EndpointId{parts.text()}, row.app_id}, row);
    return true;
  });
}

void visit_endpoints_of_app(const TableReader& rows, const AppId& app, const EndpointVisitor& visit) {
  rows.scan(state_keys::endpoints_of_app(app), [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    parts.text();
    const EndpointId id{parts.text()};
    if (const auto row = endpoint_row(rows, catalogue_stream, id))
      visit({catalogue_stream, id, app}, *row);
    return true;
  });
}

bool account_hears_deauthorizations(const TableReader& rows, const AccountId& account) {
  bool hears = false;
  visit_endpoints_of_account(rows, account, [&](const EndpointName&, const EndpointRow& row) {
    hears = hears || hears_deauthorizations(row);
  });
  return hears;
}

bool app_hears_deauthorizations(const TableReader& rows, const AppId& app) {
  bool hears = false;
  visit_endpoints_of_app(
      rows, app, [&](const EndpointName&, const EndpointRow& row) { hears = hears || hears_deauthorizations(row); });
  return hears;
}

}  // namespace gatehouse
