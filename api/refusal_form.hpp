// The form that a refusal has for whoever asked: a problem document (RFC 9457), the vendor's, or AuthZEN's; and the headers by which it is found again.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "api/parameters.hpp"
#include "api/problem.hpp"
#include "api/route.hpp"

namespace gatehouse::api {

// Where no route was found, the path tells.
[[nodiscard]] Dialect dialect_at(std::string_view path);

struct RefusedAt {
  std::string_view path;  // empty where it is not known
  const ProblemSetting& problems;
  const Route* route{};        // may be missing
  const PathValues* values{};  // of the route's path
};
[[nodiscard]] http::Response refusal_in(Dialect dialect, Problem problem, const RefusedAt& where);

// A client's X-Request-Id, where it is one: at most 1,024 printable ASCII characters.
[[nodiscard]] std::optional<std::string> usable_request_id(std::string_view sent);
void add_request_id(http::Response& response, Dialect dialect, const std::string& request_id);

}  // namespace gatehouse::api
