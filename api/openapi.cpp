#include "api/openapi.hpp"

#include <algorithm>

#include "api/openapi_responses.hpp"
#include "api/openapi_schemas.hpp"
#include "api/problem_kinds.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view introduction =
    "Governs which apps an account and its members may install. Commands change, queries answer; every change is an "
    "event "
    "in a log that is never rewritten. Errors are problem documents (RFC 9457) whose codes are explained under "
    "/docs/problems.";

bool needs_token(const Route& route) { return route.who != Who::open; }

void append_parameter_schema(std::string& out, const ParameterSpec& spec) {
  ObjectWriter schema(out);
  switch (spec.type) {
  case ParameterType::number:
    schema.member("type", "integer").member("minimum", spec.min);
    if (spec.max != UINT64_MAX)
      schema.member("maximum", spec.max);
    return;
  case ParameterType::flag:
    schema.member("type", "boolean");
    return;
  case ParameterType::time:
    schema.member("type", "string").member("format", "date-time");
    return;
  case ParameterType::choice:
    schema.member("type", "string").member("enum", spec.choices);
    return;
  case ParameterType::id:
    schema.member("type", "string").member("pattern", "^[A-Za-z0-9_.@:-]{1,64}$");
    return;
  case ParameterType::moment:
    schema.member("type", "string").member("pattern", "^([0-9]{1,20}|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt].*)$");
    return;
  case ParameterType::text:
  case ParameterType::token:
    schema.member("type", "string");
  }
}

void append_parameter(ArrayWriter& parameters, std::string_view place, const ParameterSpec& spec) {
  ObjectWriter parameter(parameters.next());
  parameter.member("name", spec.name).member("in", place).member("description", spec.meaning);
  append_parameter_schema(parameter.key("schema"), spec);
}

void append_header_parameter(ArrayWriter& parameters, std::string_view name, std::string_view meaning) {
  append_parameter(parameters, "header", {.name = name, .type = ParameterType::text, .meaning = meaning});
}

void append_path_parameters(ArrayWriter& parameters, const std::string& whole) {
  std::string_view path(whole);
  while (true) {
    const auto begin = path.find('{');
    if (begin == std::string_view::npos)
      return;
    const auto end = path.find('}', begin);
    ObjectWriter parameter(parameters.next());
    parameter.member("name", path.substr(begin + 1, end - begin - 1)).member("in", "path").member("required", true);
    ObjectWriter(parameter.key("schema")).member("type", "string");
    path.remove_prefix(end + 1);
  }
}

void append_parameters(std::string& out, const Route& route) {
  ArrayWriter parameters(out);
  append_path_parameters(parameters, path_template(route));
  for (const auto* spec : parameters_of(route))
    append_parameter(parameters, "query", *spec);
  for (const auto& spec : route.headers)
    append_parameter(parameters, "header", spec);
  if (runs_commands(route)) {
    append_header_parameter(parameters, "Idempotency-Key",
                            "1 to 255 printable ASCII characters. The same key and body give the stored answer again.");
    append_header_parameter(parameters, "If-Match",
                            "Decide only if the resource, or the account, is still at this version.");
    append_header_parameter(
        parameters, "If-None-Match",
        "*: decide only if the account, app, member, role or group that the command makes is not there yet.");
  } else if (has_etag(route)) {
    append_header_parameter(parameters, "If-None-Match",
                            "The ETag of what the client has; 304 when it is still current.");
  }
}

std::string in_lower_case(std::string_view method) {
  std::string name(method);
  std::ranges::transform(name, name.begin(), [](char letter) { return static_cast<char>(letter - 'A' + 'a'); });
  return name;
}

void append_operation(std::string& out, const Route& route) {
  ObjectWriter operation(out);
  operation.member("operationId", route.name)
      .member("summary", route.summary)
      .member("description", "Who may call: " + who_may_call(route) + ".");
  append_parameters(operation.key("parameters"), route);
  if (runs_commands(route)) {
    ObjectWriter body(operation.key("requestBody"));
    body.member("required", true);
    ObjectWriter content(body.key("content"));
    ObjectWriter media(content.key("application/json"));
    append_reference(media.key("schema"), route.who == Who::platform ? "PlatformCommands" : "AccountCommands");
  }
  if (!route.body_schema.empty()) {
    ObjectWriter body(operation.key("requestBody"));
    body.member("required", true);
    ObjectWriter content(body.key("content"));
    ObjectWriter media(content.key(route.body_media_type));
    media.key("schema").append(route.body_schema);
  }
  append_responses(operation.key("responses"), route);
  ArrayWriter security(operation.key("security"));
  if (!needs_token(route))
    return;
  ObjectWriter requirement(security.next());
  ArrayWriter(requirement.key("bearer"));
}

void append_paths(std::string& out, const std::vector<Route>& routes) {
  ObjectWriter paths(out);
  std::vector<std::string_view> done;
  for (const auto& route : routes) {
    if (std::ranges::find(done, route.path) != done.end())
      continue;
    done.push_back(route.path);
    ObjectWriter path(paths.key(path_template(route)));
    for (const auto& other : routes) {
      if (other.path == route.path)
        append_operation(path.key(in_lower_case(other.method)), other);
    }
  }
}

void append_components(std::string& out) {
  ObjectWriter components(out);
  {
    ObjectWriter schemes(components.key("securitySchemes"));
    ObjectWriter(schemes.key("bearer"))
        .member("type", "http")
        .member("scheme", "bearer")
        .member("bearerFormat", "JWT")
        .member("description", "An RFC 9068 access token.");
  }
  append_component_schemas(components.key("schemas"));
}

}  // namespace

std::string path_template(const Route& route) {
  std::string path(route.path);
  if (const auto rest = path.find("...}"); rest != std::string::npos)
    path.erase(rest, 3);
  return path;
}

std::vector<std::string_view> errors_of(const Route& route) {
  std::vector<std::string_view> codes{"invalid_parameter", "not_acceptable"};
  const auto add = [&](std::initializer_list<std::string_view> more) { codes.insert(codes.end(), more); };
  if (route.dialect != Dialect::zoom)  // the vendor's clients may send what only the vendor knows
    add({"unknown_parameter"});
  if (needs_token(route))
    add({"authentication_required", "invalid_token"});
  if (route.who == Who::ops || route.who == Who::ops_or_loopback || route.who == Who::platform)
    add({"insufficient_scope"});
  if (takes_no_body(route))
    add({"unknown_field", "malformed_json"});
  if (is_of_account(route.who))
    add({"account_not_found", "not_a_member"});
  if (route.who == Who::view || route.who == Who::edit || route.who == Who::directory_or_view ||
      route.who == Who::auditor_or_view) {
    add({"privilege_required"});
  }
  if (route.who == Who::self_or_view)  // of somebody else
    add({"privilege_required"});
  if (!route.token_scopes.empty() || is_of_account(route.who))
    add({"insufficient_scope"});
  if (route.dialect == Dialect::zoom && route.method != "GET")
    add({"malformed_json", "invalid_field", "privilege_required", "app_not_found", "unsupported_media_type"});
  if (std::holds_alternative<Query>(route.endpoint))
    add({"projection_behind", "events_parked"});
  if (takes_as_of(route))
    add({"as_of_in_future"});
  if (route.answers == Route::Answers::list)
    add({"invalid_page_token"});
  if (route.missing != "not_found")
    add({route.missing});
  if (runs_commands(route)) {
    for (const auto& kind : problem_kinds()) {
      if (is_command_problem(kind.code))
        add({kind.code});
    }
  }
  for (const auto code : route.errors)
    add({code});
  std::ranges::sort(codes);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::string openapi_document(const std::vector<Route>& routes) {
  std::string document;
  {
    ObjectWriter root(document);
    root.member("openapi", "3.1.0");
    ObjectWriter(root.key("info"))
        .member("title", "Gatehouse")
        .member("version", "1")
        .member("description", introduction);
    append_paths(root.key("paths"), routes);
    append_components(root.key("components"));
  }
  return document;
}

}  // namespace gatehouse::api
