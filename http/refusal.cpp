#include "http/refusal.hpp"

#include <algorithm>

#include "http/field_syntax.hpp"
#include "table/assert.hpp"

namespace gatehouse::http {

const RefusalFacts& Refusal::facts() const {
  const auto index = static_cast<std::size_t>(kind);
  GATEHOUSE_ASSERT(index < refusal_facts.size() && refusal_facts[index].kind == kind);
  return refusal_facts[index];
}

RefusedHead head_of(std::string_view received) {
  constexpr std::string_view line_end = "\r\n";
  const auto next_line = [&] {
    const auto line = received.substr(0, received.find(line_end));
    received.remove_prefix(std::min(received.size(), line.size() + line_end.size()));
    return line;
  };
  RefusedHead head;
  auto line = next_line();
  const auto begin = line.find(' ');
  if (begin != std::string_view::npos) {
    line.remove_prefix(begin + 1);
    line = line.substr(0, line.find(' '));
    if (line.starts_with('/') && std::ranges::all_of(line, [](char c) { return c == '%' || is_target_character(c); }))
      head.target = line;
  }
  constexpr std::string_view name = "X-Request-Id:";
  for (line = next_line(); !line.empty(); line = next_line()) {
    if (equal_ignoring_case(line.substr(0, name.size()), name))
      head.request_id = trim_blanks(line.substr(name.size()));
  }
  return head;
}

Response problem_response(const Refusal& refusal, const RefusedHead& /*head*/, std::string_view /*request_id*/) {
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
  if (refusal.kind == RefusalKind::too_many_connections || refusal.kind == RefusalKind::too_many_large_bodies)
    response.headers.push_back({"Retry-After", "1"});
  return response;
}

}  // namespace gatehouse::http
