// Reading webhook endpoints: which there are, and who hears of what.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>

#include "domain/state.hpp"

namespace gatehouse {

[[nodiscard]] std::optional<EndpointRow> endpoint_row(const TableReader& rows, const AccountId& owner,
                                                      const EndpointId& endpoint);
// An endpoint by its id: one of the account's own, or one of an app.
[[nodiscard]] std::optional<std::pair<EndpointName, EndpointRow>> find_endpoint(const State& state,
                                                                                const EndpointId& endpoint);

using EndpointVisitor = std::function<void(const EndpointName& name, const EndpointRow& row)>;
void visit_endpoints_of_account(const TableReader& rows, const AccountId& account, const EndpointVisitor& visit);
void visit_endpoints_of_app(const TableReader& rows, const AppId& app, const EndpointVisitor& visit);

// Whether some endpoint that is not disabled wants to hear of each installation of the app on the account that ends.
[[nodiscard]] bool account_hears_deauthorizations(const TableReader& rows, const AccountId& account);
[[nodiscard]] bool app_hears_deauthorizations(const TableReader& rows, const AppId& app);

}  // namespace gatehouse
