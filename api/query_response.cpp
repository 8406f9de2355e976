#include "api/query_response.hpp"

#include "api/etag.hpp"
#include "api/page.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {

namespace {

// Rows older than the version that the tag would name get no tag, and the past is no condition for a command.
std::optional<std::string> tag_of(const QueryAnswer& answer, const QueryBasis& basis, const Route& route) {
  if (basis.is_of_past())
    return std::nullopt;
  if (answer.version && basis.position() != basis.head())
    return std::nullopt;
  if (answer.version)
    return answer.moves ? content_tag(*answer.version, answer.body) : version_tag(*answer.version, answer.catalogue);
  if (!has_etag(route) || answer.secret)
    return std::nullopt;
  auto stable = answer.body;
  return content_tag(stable.erase(answer.page_token.at, answer.page_token.size));
}

std::optional<std::string> tag_now(const QueryAnswer& answer, const QueryBasis& basis, const Route& route,
                                   Timestamp now) {
  auto tag = tag_of(answer, basis, route);
  if (tag && answer.page_token.size > 0)
    tag = tag_in_period(std::move(*tag), static_cast<std::uint64_t>(now.unix_ms / page_token_period_ms));
  return tag;
}

}  // namespace

http::Response query_response(QueryAnswer answer, const QueryBasis& basis, const Route& route,
                              const http::Headers& asked, Timestamp now) {
  http::Response response{.status = 200, .content_type = "application/json"};
  response.headers.push_back({"Gatehouse-Position", std::to_string(basis.position().value)});
  response.headers.push_back({"Cache-Control", answer.secret ? "no-store" : "private, no-cache"});
  const bool has_forms = !route.stream_event.empty() || !route.other_media_types.empty();
  response.headers.push_back({"Vary", has_forms ? "Authorization, Accept" : "Authorization"});
  if (const auto tag = tag_now(answer, basis, route, now)) {
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
