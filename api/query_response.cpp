#include "api/query_response.hpp"

#include "api/etag.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {

namespace {

// Rows older than the version that the tag would name get no tag, and the past is no condition for a command.
std::optional<std::string> tag_of(const QueryAnswer& answer, const QueryBasis& basis, const Route& route) {
  if (basis.is_of_past())
    return std::nullopt;
  if (answer.version)
    return basis.position() == basis.head() ? std::optional(version_tag(*answer.version, answer.catalogue))
                                            : std::nullopt;
  return has_etag(route) && !answer.secret ? std::optional(content_tag(answer.body)) : std::nullopt;
}

}  // namespace

http::Response query_response(QueryAnswer answer, const QueryBasis& basis, const Route& route,
                              const http::Headers& asked) {
  http::Response response{.status = 200, .content_type = "application/json"};
  response.headers.push_back({"Gatehouse-Position", std::to_string(basis.position().value)});
  response.headers.push_back({"Cache-Control", answer.secret ? "no-store" : "private, no-cache"});
  response.headers.push_back({"Vary", "Authorization"});
  if (const auto tag = tag_of(answer, basis, route)) {
    response.headers.push_back({"ETag", *tag});
    const auto known = asked.find("If-None-Match");
    // What was erased changed no version, and who has it must not be told to keep it. In a text the quotes would be escaped.
    const bool is_erased = answer.body.find("\"erased\":[") != std::string::npos;
    if (known && !is_erased && is_known_to_client(*known, *tag))
      return {.status = 304, .content_type = "", .headers = std::move(response.headers)};
  }
  response.body = std::move(answer.body);
  return response;
}

}  // namespace gatehouse::api
