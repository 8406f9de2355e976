// The API as an OpenAPI 3.1 document, made from the route table, the commands, the events and the problem codes.
#pragma once
#include <string>
#include <vector>

#include "api/route.hpp"

namespace gatehouse::api {

[[nodiscard]] std::string openapi_document(const std::vector<Route>& routes);

// The problem codes that the route can answer, its own and those of its kind.
[[nodiscard]] std::string path_template(const Route& route);  // as OpenAPI writes it
[[nodiscard]] std::vector<std::string_view> errors_of(const Route& route);

}  // namespace gatehouse::api
