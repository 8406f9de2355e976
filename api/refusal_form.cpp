#include "api/refusal_form.hpp"

#include <utility>

#include "api/authzen/refusals.hpp"
#include "api/text_form.hpp"
#include "api/zoom/refusals.hpp"

namespace gatehouse::api {

namespace {

constexpr std::size_t request_id_bytes_max = 1024;

}  // namespace

Dialect dialect_at(std::string_view path) {
  if (path.starts_with(zoom::base_path))
    return Dialect::zoom;
  return path.starts_with(authzen::base_path) ? Dialect::authzen : Dialect::gatehouse;
}

http::Response refusal_in(Dialect dialect, Problem problem, const RefusedAt& where) {
  switch (dialect) {
  case Dialect::zoom:
    return zoom::to_response(problem, where.route, where.values != nullptr ? *where.values : PathValues());
  case Dialect::authzen:
    return authzen::to_response(problem);
  case Dialect::gatehouse:
  case Dialect::oauth:
    break;
  }
  return to_response(std::move(problem), where.path, where.problems);
}

std::optional<std::string> usable_request_id(std::string_view sent) {
  const bool usable = !sent.empty() && sent.size() <= request_id_bytes_max && is_printable_ascii(sent);
  return usable ? std::optional(std::string(sent)) : std::nullopt;
}

void add_request_id(http::Response& response, Dialect dialect, const std::string& request_id) {
  if (dialect == Dialect::zoom)
    response.headers.push_back({"x-zm-trackingid", request_id});
  response.headers.push_back({"X-Request-Id", request_id});
}

}  // namespace gatehouse::api
