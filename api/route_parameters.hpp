// The query parameters that a route takes: its own, and those that all routes of its kind share.
#pragma once
#include <tl/expected.hpp>
#include <vector>

#include "api/exchange.hpp"
#include "api/route.hpp"

namespace gatehouse::api {

[[nodiscard]] std::vector<const ParameterSpec*> parameters_of(const Route& route);
[[nodiscard]] tl::expected<Parameters, Problem> check_parameters(const Entry& entry);

}  // namespace gatehouse::api
