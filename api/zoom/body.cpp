#include "api/zoom/body.hpp"

#include <boost/json/value.hpp>

#include "api/json/strict_parse.hpp"

namespace gatehouse::api::zoom {

Problem invalid_member(std::string_view pointer, std::string_view detail) {
  auto problem = make_problem("invalid_field", std::string(detail));
  append_key(problem.extensions, "errors");
  ArrayWriter errors(problem.extensions);
  ObjectWriter(errors.next()).member("pointer", pointer).member("detail", detail);
  return problem;
}

tl::expected<boost::json::object, Problem> read_object(std::string_view body) {
  auto parsed = parse_strictly(body);
  if (!parsed)
    return tl::unexpected(make_problem("malformed_json", parsed.error().detail));
  if (!parsed->is_object())
    return tl::unexpected(make_problem("malformed_json", "The body must be a JSON object."));
  return std::move(parsed->get_object());
}

std::optional<std::string_view> text_of(const boost::json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  if (value == nullptr || !value->is_string())
    return std::nullopt;
  return std::string_view(value->get_string());
}

}  // namespace gatehouse::api::zoom
