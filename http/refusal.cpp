#include "http/refusal.hpp"

#include "table/assert.hpp"

namespace gatehouse::http {

const RefusalFacts& Refusal::facts() const {
  const auto index = static_cast<std::size_t>(kind);
  GATEHOUSE_ASSERT(index < refusal_facts.size() && refusal_facts[index].kind == kind);
  return refusal_facts[index];
}

Response problem_response(const Refusal& refusal, std::string_view) {
  // Titles and details are literals without quotes or controls, so nothing here needs escaping.
  std::string body;
  body.reserve(256);
  body.append(R"({"type":"/docs/problems/)").append(refusal.code());
  body.append(R"(","title":")").append(refusal.title());
  body.append(R"(","status":)").append(std::to_string(refusal.status()));
  body.append(R"(,"detail":")").append(refusal.detail);
  body.append(R"(","code":")").append(refusal.code()).append("\"}");

  Response response{
      .status = refusal.status(), .content_type = "application/problem+json", .body = std::move(body), .close = true};
  if (refusal.kind == RefusalKind::method_not_allowed)
    response.headers.push_back({"Allow", "GET, HEAD, POST"});
  if (refusal.kind == RefusalKind::content_encoding_unsupported)
    response.headers.push_back({"Accept-Encoding", "identity"});
  if (refusal.kind == RefusalKind::too_many_connections)
    response.headers.push_back({"Retry-After", "1"});
  return response;
}

}  // namespace gatehouse::http
