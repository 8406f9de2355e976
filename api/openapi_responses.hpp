// What a route answers, as the OpenAPI document says it: its success, and its refusals in the form of its dialect.
#pragma once
#include <string>

#include "api/route.hpp"

namespace gatehouse::api {

// The Responses Object of the operation.
void append_responses(std::string& out, const Route& route);

// Whether the body is commands.
[[nodiscard]] inline bool runs_commands(const Route& route) {
  return route.method == "POST" && route.dialect == Dialect::gatehouse && route.who != Who::ops &&
         std::holds_alternative<Direct>(route.endpoint);
}

}  // namespace gatehouse::api
