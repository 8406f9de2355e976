#include "api/query_response.hpp"

#include "api/etag.hpp"
#include "api/page.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {

namespace {

// What is of the past, or of rows older than the version that the tag would name, is no condition for a command: its tag is of its bytes.
std::optional<std::string> tag_of(const QueryAnswer& answer, const QueryBasis& basis, const Route& route) {
  const bool is_older = basis.is_of_past() || (answer.version && basis.position() != basis.head());
  const auto stable_body = [&answer] {
    auto stable = answer.body;
    return stable.erase(answer.page_token.at, answer.page_token.size);
  };
  // An erasure changes what is shown and no version. In a text the quotes would be escaped.
  const bool shows_erased = answer.body.find("\"erased\":[") != std::string::npos;
  if (answer.version && !is_older && (answer.moves || shows_erased))
    return content_tag(*answer.version, answer.catalogue, stable_body());
  if (answer.version && !is_older)
    return version_tag(*answer.version, answer.catalogue, answer.caller);
  if (!has_etag(route) || answer.secret)
    return std::nullopt;
  return content_tag(stable_body());
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
    if (const auto known = asked.list("If-None-Match"); known && is_known_to_client(*known, *tag))
      return {.status = 304, .content_type = "", .headers = std::move(response.headers)};
  }
  response.body = std::move(answer.body);
  return response;
}

}  // namespace gatehouse::api
