// The API as one page to read, made from the same tables as the OpenAPI document.
#pragma once
#include <string>
#include <vector>

#include "api/route.hpp"

namespace gatehouse::api {

[[nodiscard]] std::string docs_page(const std::vector<Route>& routes);

}  // namespace gatehouse::api
