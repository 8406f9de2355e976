#include "api/problem.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "api/problem_kinds.hpp"
#include "http/field_syntax.hpp"

namespace gatehouse::api {
namespace {

// Seconds after which another try makes sense.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> retry_after{{
    {"busy", "1"},
    {"stopping", "5"},
    {"read_only", "30"},
    {"disk_full", "30"},
    {"contended", "1"},
    {"outcome_unknown", "5"},
    {"projection_behind", "1"},
    {"events_parked", "60"},
    {"checkpoint_behind", "5"},
}};

void add_obligatory_headers(Problem& problem) {
  const auto retry =
      std::ranges::find(retry_after, problem.code, &std::pair<std::string_view, std::string_view>::first);
  if (retry != retry_after.end())
    problem.headers.push_back({"Retry-After", std::string(retry->second)});
  if (problem.code == "authentication_required") {
    problem.headers.push_back({"WWW-Authenticate", "Bearer realm=\"gatehouse\""});
  }
  if (problem.code == "invalid_token") {
    problem.headers.push_back({"WWW-Authenticate", "Bearer realm=\"gatehouse\", error=\"invalid_token\""});
  }
}

}  // namespace

Problem make_problem(std::string_view code, std::string detail) {
  Problem problem{.code = problem_kind(code).code, .detail = std::move(detail)};
  add_obligatory_headers(problem);
  return problem;
}

Problem insufficient_scope(std::string_view scope) {
  auto problem = make_problem("insufficient_scope", "The token needs the scope " + std::string(scope) + ".");
  problem.headers.push_back({"WWW-Authenticate", "Bearer realm=\"gatehouse\", error=\"insufficient_scope\", scope=\"" +
                                                     std::string(scope) + "\""});
  return problem.with("scope", scope);
}

Problem privilege_required(std::string_view privilege) {
  return make_problem("privilege_required", "Your role needs the privilege " + std::string(privilege) + ".")
      .with("privilege", privilege);
}

Problem no_event_at(std::string_view position) {
  const bool is_number =
      !position.empty() && std::ranges::all_of(position, [](char digit) { return digit >= '0' && digit <= '9'; });
  return make_problem("event_not_found", is_number ? "The account has no event at this position."
                                                   : "An event is named by its position, a number from 1.");
}

Problem position_beyond_end(std::string_view what, Position end) {
  return make_problem("position_beyond_end", "The history reaches up to position " + std::to_string(end.value) +
                                                 ", and " + std::string(what) + " is beyond it.")
      .with("end", end);
}

Problem position_still_to_come() {
  auto problem = make_problem("projection_behind", "Nothing has been recorded at min_position yet.");
  problem.is_clients_own = true;
  return problem;
}

Problem invalid_parameter(std::string_view parameter, std::string detail) {
  auto problem = make_problem("invalid_parameter", detail);
  append_key(problem.extensions, "errors");
  ArrayWriter errors(problem.extensions);
  ObjectWriter(errors.next()).member("parameter", parameter).member("code", problem.code).member("detail", detail);
  return problem;
}

namespace {

bool has_broken_escape(std::string_view path) {
  for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
    const auto digits = path.substr(at + 1, 2);
    if (digits.size() < 2 || !std::ranges::all_of(digits, [](char digit) { return http::hex_digit(digit) >= 0; }))
      return true;
  }
  return false;
}

// Two slashes at its beginning would name another host (RFC 3986, 4.2).
std::string reference_to(std::string_view path, const std::string& base_path) {
  if (path.empty() || has_broken_escape(path))
    return {};
  return (base_path.empty() && path.starts_with("//") ? "/." : base_path) + std::string(path);
}

}  // namespace

std::string problem_document(const Problem& problem, std::string_view instance, const ProblemSetting& setting) {
  const auto& kind = problem_kind(problem.code);
  std::string body;
  {
    ObjectWriter document(body);
    document.member("type", setting.base_path + "/docs/problems/" + std::string(kind.code))
        .member("title", kind.title)
        .member("status", problem.status == 0 ? kind.status : problem.status)
        .member_if_any("detail", problem.detail)
        .member_if_any("instance", reference_to(instance, setting.base_path))
        .member("code", kind.code);
    if (!problem.extensions.empty()) {
      append_separator(body);
      body.append(problem.extensions);
    }
    document.member_if_any("help",
                           setting.help_url.starts_with('/') ? setting.base_path + setting.help_url : setting.help_url);
  }
  return body;
}

http::Response to_response(Problem problem, std::string_view instance, const ProblemSetting& setting) {
  auto body = problem_document(problem, instance, setting);
  return {.status = problem.status == 0 ? problem_kind(problem.code).status : problem.status,
          .content_type = "application/problem+json",
          .headers = std::move(problem.headers),
          .body = std::move(body)};
}

}  // namespace gatehouse::api
