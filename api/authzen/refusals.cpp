#include "api/authzen/refusals.hpp"

#include "api/problem_kinds.hpp"

namespace gatehouse::api::authzen {

// The specification knows 400 (of an empty body, too), 401, 403 and 500; what is about the server's state or the transport keeps its status.
unsigned status_of(const Problem& problem) {
  const auto status = problem.status != 0 ? problem.status : problem_kind(problem.code).status;
  if (problem.code == "account_not_found")
    return 403;
  return status == 409 || status == 411 || status == 415 || status == 422 ? 400 : status;
}

http::Response to_response(const Problem& problem) {
  std::string body;
  append_text(body, problem.detail.empty() ? problem_kind(problem.code).title : problem.detail);
  return {.status = status_of(problem),
          .content_type = "application/json",
          .headers = problem.headers,
          .body = std::move(body)};
}

}  // namespace gatehouse::api::authzen
