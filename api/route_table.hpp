// The parts of the route table, one file each.
#pragma once
#include <vector>

#include "api/route.hpp"

namespace gatehouse::api {

[[nodiscard]] std::vector<Route> command_routes();
[[nodiscard]] std::vector<Route> app_routes();
[[nodiscard]] std::vector<Route> request_routes();
[[nodiscard]] std::vector<Route> directory_routes();
[[nodiscard]] std::vector<Route> history_routes();
[[nodiscard]] std::vector<Route> transparency_routes();
[[nodiscard]] std::vector<Route> zoom_routes();
[[nodiscard]] std::vector<Route> authzen_routes();
[[nodiscard]] std::vector<Route> webhook_routes();
[[nodiscard]] std::vector<Route> projection_routes();
[[nodiscard]] std::vector<Route> backup_routes();
[[nodiscard]] std::vector<Route> service_routes();

}  // namespace gatehouse::api
