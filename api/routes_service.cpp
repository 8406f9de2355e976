#include "api/document_endpoints.hpp"
#include "api/health_endpoints.hpp"
#include "api/operations/log_level_endpoints.hpp"
#include "api/operations/scrub_endpoints.hpp"
#include "api/route_table.hpp"

namespace gatehouse::api {
namespace {

constexpr auto document = Route::Answers::document;

std::vector<Route> health_part() {
  return {
      {.path = "/v1/ops/scrub",
       .name = "showScrub",
       .who = Who::ops,
       .summary =
           "When everything that is stored was last read and found whole, how far the reading of now is, and what "
           "is damaged.",
       .endpoint = Direct(show_scrub)},
      {.method = "POST",
       .path = "/v1/ops/scrub",
       .name = "beginScrub",
       .who = Who::ops,
       .summary = "Reads everything that is stored now, in the background.",
       .success = 202,
       .errors = {"scrub_running"},
       .endpoint = Direct(begin_scrub)},
      {.path = "/v1/ops/log-level",
       .name = "showLogLevel",
       .who = Who::ops,
       .summary = "From which level on lines are written to the server's log, which one is configured, and until when "
                  "another is in force.",
       .endpoint = Direct(show_log_level)},
      {.method = "PUT",
       .path = "/v1/ops/log-level",
       .name = "changeLogLevel",
       .who = Who::ops,
       .summary = "Changes the level until the next start, or for a while (for_seconds), after which the former one "
                  "returns by itself.",
       .body_schema = R"({"type":"object","required":["level"],"additionalProperties":false,"properties":)"
                      R"({"level":{"enum":["debug","info","warning","error"]},)"
                      R"("for_seconds":{"type":"integer","minimum":1,"maximum":86400}}})",
       .errors = {"malformed_json", "invalid_field", "unknown_field"},
       .endpoint = Direct(change_log_level)},
      {.path = "/livez",
       .name = "showLiveness",
       .who = Who::open,
       .summary = "Whether the process answers.",
       .endpoint = Direct(show_liveness)},
      {.path = "/readyz",
       .name = "showReadiness",
       .who = Who::open,
       .summary = "Whether commands and queries are served in full, and why not; what is degraded beside that, such as "
                  "checkpoints that lack cosignatures.",
       .endpoint = Direct(show_readiness)},
      {.path = "/metrics",
       .name = "showMetrics",
       .who = Who::ops_or_loopback,
       .summary = "Counters and measurements in Prometheus' text form.",
       .answers = document,
       .media_type = "text/plain",
       .endpoint = Direct(show_metrics)},
  };
}

std::vector<Route> document_part() {
  return {
      {.path = "/openapi.json",
       .name = "showOpenApi",
       .who = Who::open,
       .summary = "This API as an OpenAPI 3.1 document.",
       .endpoint = Direct(show_openapi)},
      {.path = "/",
       .name = "showStart",
       .who = Who::open,
       .summary = "Leads to the page about this API.",
       .success = 303,
       .media_type = "text/html",
       .endpoint = Direct(lead_to_docs)},
      {.path = "/docs",
       .name = "showDocs",
       .who = Who::open,
       .summary = "This API as a page to read.",
       .answers = document,
       .media_type = "text/html",
       .endpoint = Direct(show_docs)},
      {.path = "/docs/problems",
       .name = "listProblems",
       .who = Who::open,
       .summary = "Every code that a problem document can carry, as a page to read.",
       .answers = document,
       .media_type = "text/html",
       .endpoint = Direct(list_problems)},
      {.path = "/docs/problems/{code}",
       .name = "showProblem",
       .who = Who::open,
       .summary = "What one code means and what to do, as a page to read.",
       .answers = document,
       .media_type = "text/html",
       .missing = "problem_not_found",
       .endpoint = Direct(show_problem)},
  };
}

}  // namespace

std::vector<Route> service_routes() {
  auto all = health_part();
  for (auto& route : document_part())
    all.push_back(std::move(route));
  return all;
}

}  // namespace gatehouse::api
