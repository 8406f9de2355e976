#include "api/document_endpoints.hpp"

#include "api/etag.hpp"
#include "api/problem_kinds.hpp"
#include "api/problem_pages.hpp"
#include "api/route.hpp"
#include "api/route_parameters.hpp"
#include "identity/base64url.hpp"
#include "identity/digest.hpp"

namespace gatehouse::api {
namespace {

// The pages hold no script and load nothing: whatever might get into them could not run.
constexpr std::string_view content_policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

void answer(Exchange& exchange, const Document& document) {
  if (const auto parameters = check_parameters(exchange.entry()); !parameters)
    return exchange.refuse(parameters.error());
  const auto media_type = exchange.entry().route->media_type;
  http::Response response{.status = 200};
  response.headers.push_back({"ETag", document.tag});
  response.headers.push_back({"Cache-Control", "no-cache"});
  const bool is_page = media_type == "text/html";
  if (is_page)
    response.headers.push_back({"Content-Security-Policy", std::string(content_policy)});
  const auto known = exchange.request().headers.list("If-None-Match");
  if (known && is_known_to_client(*known, document.tag)) {
    response.status = 304;
    return exchange.answer(std::move(response));
  }
  response.content_type = is_page ? "text/html; charset=utf-8" : std::string(media_type);
  response.body = document.text;
  exchange.answer(std::move(response));
}

}  // namespace

Document make_document(std::string text) {
  const auto digest = identity::sha256(text);
  return {.text = std::make_shared<const std::string>(std::move(text)),
          .tag = "\"" + identity::base64url_encode(std::span(digest).first(12)) + "\""};
}

void show_openapi(const Services& services, ExchangePointer exchange) { answer(*exchange, services.documents.openapi); }
// Relative, so that it holds behind a proxy that adds to the path.
void lead_to_docs(const Services& /*services*/, ExchangePointer exchange) {
  if (const auto parameters = check_parameters(exchange->entry()); !parameters)
    return exchange->refuse(parameters.error());
  exchange->answer({.status = 303, .content_type = "", .headers = {{"Location", "docs"}}, .body = {}});
}
void show_docs(const Services& services, ExchangePointer exchange) { answer(*exchange, services.documents.docs); }
void list_problems(const Services& services, ExchangePointer exchange) {
  answer(*exchange, services.documents.problems);
}

void show_problem(const Services&, ExchangePointer exchange) {
  const auto* kind = find_problem_kind(exchange->entry().path.at("code"));
  if (kind == nullptr)
    return exchange->refuse(make_problem("problem_not_found", "No answer carries this code."));
  answer(*exchange, make_document(problem_page(*kind)));
}

}  // namespace gatehouse::api
