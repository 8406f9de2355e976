#include "api/query_response.hpp"

#include "api/etag.hpp"

namespace gatehouse::api {

http::Response query_response(QueryAnswer answer, const QueryBasis& basis,
                              std::optional<std::string_view> if_none_match) {
  http::Response response{.status = 200, .content_type = "application/json"};
  const auto position = basis.position();
  response.headers.push_back({"Gatehouse-Position", std::to_string(position.value)});
  response.headers.push_back({"Cache-Control", answer.secret ? "no-store" : "private, no-cache"});
  response.headers.push_back({"Vary", "Authorization"});
  // Rows older than the version that the tag would name get no tag, and the past is no condition for a command.
  if (answer.version && !basis.is_of_past() && position == basis.head()) {
    const auto tag = version_tag(*answer.version, answer.catalogue);
    response.headers.push_back({"ETag", tag});
    // What was erased changed no version, and who has it must not be told to keep it. In a text the quotes would be escaped.
    const bool is_erased = answer.body.find("\"erased\":[") != std::string::npos;
    if (if_none_match && !is_erased && is_known_to_client(*if_none_match, tag))
      return {.status = 304, .content_type = "", .headers = std::move(response.headers)};
  }
  response.body = std::move(answer.body);
  return response;
}

}  // namespace gatehouse::api
