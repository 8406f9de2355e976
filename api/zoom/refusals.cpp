#include "api/zoom/refusals.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "api/problem_kinds.hpp"
#include "api/route.hpp"
#include "api/text_form.hpp"

namespace gatehouse::api::zoom {

namespace {

struct Mapped {
  unsigned status{};
  std::uint64_t code{};
  std::string message;
};

// The marketplace's codes, by ours. What is not here goes by its status.
struct Entry {
  std::string_view code;
  unsigned status{};
  std::uint64_t number{};
  std::string_view message;  // empty: the detail
};
constexpr std::array entries{
    Entry{"account_not_found", 401, 124, "Invalid access token."},
    Entry{"authentication_required", 401, 124, "Invalid access token."},
    Entry{"invalid_token", 401, 124, "Invalid access token."},
    Entry{"malformed_json", 400, 300, "Request Body should be a valid JSON object."},
    Entry{"not_a_member", 403, 403, ""},
    Entry{"no_client_credentials", 400, 1500, ""},
    Entry{"pre_approval_off", 400, 1404, "application_pre_approved_status_off"},
    Entry{"privilege_required", 403, 403, ""},
    Entry{"secret_expiry_invalid", 400, 2001, ""},
    Entry{"too_many_secret_changes", 400, 2000, ""},
    Entry{"user_not_found", 404, 1001, "User does not exist or does not belong to this account."},
};

constexpr std::size_t told_id_characters_max = 256;  // of what is no id
constexpr std::uint64_t validation_failed = 300;
constexpr std::uint64_t app_does_not_exist = 1401;
constexpr std::uint64_t refused = 1500;
constexpr std::uint64_t scope_missing = 4700;
constexpr std::uint64_t scope_missing_for_owner = 201;

bool is_about_form(std::string_view code) {
  constexpr std::array codes{"invalid_field",     "manifest_invalid", "invalid_page_token",
                             "invalid_parameter", "unknown_field",    "unknown_parameter"};
  return std::ranges::find(codes, code) != codes.end();
}

// The operations of an app's owner say it with another status.
bool is_for_owner(const Route* route) {
  return route != nullptr && (route->name == "zoomCreateApp" || route->name == "zoomRotateSecret");
}

std::string extension_of(const Problem& problem, std::string_view name) {
  const auto text = boost::json::parse("{" + problem.extensions + "}");
  const auto* value = text.as_object().if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// That the path names, or the body.
std::string app_of(const Problem& problem, const PathValues& path) {
  auto app = path.has("app_id") ? std::string(path.at("app_id")) : extension_of(problem, "app_id");
  return is_plain_text(app, told_id_characters_max) ? app : "?";
}

Mapped map(const Problem& problem, const Route* route, const PathValues& path) {
  const auto status = problem.status != 0 ? problem.status : problem_kind(problem.code).status;
  if (problem.code == "app_not_found" || problem.code == "app_withdrawn") {
    return {404, app_does_not_exist, "App ID does not exist: " + app_of(problem, path)};
  }
  if (problem.code == "insufficient_scope") {
    const auto message = "Invalid access token, does not contain scopes:[" + extension_of(problem, "scope") + "].";
    return is_for_owner(route) ? Mapped{401, scope_missing_for_owner, message} : Mapped{400, scope_missing, message};
  }
  if (is_about_form(problem.code))
    return {400, validation_failed, "Validation Failed."};
  if (problem.code == pre_approval_off_code && (route == nullptr || route->name != "zoomPreApprove"))
    return {400, refused, problem.detail};
  const auto known = std::ranges::find(entries, problem.code, &Entry::code);
  if (known != entries.end()) {
    return {known->status, known->number, known->message.empty() ? problem.detail : std::string(known->message)};
  }
  // A rule or a state that refuses; anything else (busy, too large, no such path, another version than If-Match) keeps its status.
  const bool by_rule = status == 403 || status == 404 || status == 409 || status == 422;
  if (by_rule && problem.code != "not_found")
    return {400, refused, problem.detail};
  return {status, status, problem.detail};
}

// "/user_ids/3" as the vendor writes it: "user_ids.3".
std::string field_of(const boost::json::object& error) {
  for (const auto* name : {"parameter", "pointer"}) {
    const auto* value = error.if_contains(name);
    if (value == nullptr || !value->is_string())
      continue;
    std::string field(value->get_string());
    if (field.starts_with('/'))
      field.erase(0, 1);
    std::ranges::replace(field, '/', '.');
    return field;
  }
  return {};
}

void append_errors(ObjectWriter& object, const Problem& problem) {
  const auto text = boost::json::parse("{" + problem.extensions + "}");
  ArrayWriter errors(object.key("errors"));
  const auto* found = text.as_object().if_contains("errors");
  if (found == nullptr) {
    ObjectWriter(errors.next()).member("field", "next_page_token").member("message", problem.detail);
    return;
  }
  for (const auto& each : found->as_array()) {
    const auto& error = each.as_object();
    ObjectWriter(errors.next())
        .member("field", field_of(error))
        .member("message", std::string(error.at("detail").as_string()));
  }
}

}  // namespace

http::Response to_response(const Problem& problem, const Route* route, const PathValues& path) {
  const auto mapped = map(problem, route, path);
  http::Response response{.status = mapped.status, .content_type = "application/json", .headers = problem.headers};
  std::string body;
  {
    ObjectWriter object(body);
    object.member("code", mapped.code).member("message", mapped.message);
    if (is_about_form(problem.code))
      append_errors(object, problem);
    object.member("reason", problem.code);
  }
  response.body = std::move(body);
  // Of an account that the token does not name: the vendor takes that for a bad token.
  if (mapped.status == 401 && response.headers.empty())
    response.headers = make_problem("invalid_token", {}).headers;
  return response;
}

}  // namespace gatehouse::api::zoom
