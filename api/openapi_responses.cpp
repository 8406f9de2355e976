#include "api/openapi_responses.hpp"

#include <map>

#include "api/command_problem.hpp"
#include "api/media_type.hpp"
#include "api/openapi.hpp"
#include "api/openapi_schemas.hpp"
#include "api/problem_kinds.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {
namespace {

void append_answer_schema(std::string& out, const Route& route) {
  if (runs_commands(route))
    return append_reference(out, "CommandAnswer");
  const auto append_one = [&](std::string& schema) {
    if (route.answer_schema != nullptr)
      route.answer_schema(schema);
    else
      ObjectWriter(schema).member("type", "object");
  };
  if (route.answers != Route::Answers::list)
    return append_one(out);
  ObjectWriter list(out);
  list.member("type", "object");
  {
    ObjectWriter properties(list.key("properties"));
    {
      ObjectWriter items(properties.key(route.list_member));
      append_one(items.member("type", "array").key("items"));
    }
    ObjectWriter(properties.key("next_page_token"))
        .member("type", "string")
        .member("description", "Empty on the last page.");
    if (route.dialect == Dialect::zoom)
      ObjectWriter(properties.key("page_size")).member("type", "integer");
  }
  list.member("required", std::vector<std::string_view>{route.list_member, "next_page_token"});
}

void append_content(std::string& out, const Route& route) {
  ObjectWriter content(out);
  {
    ObjectWriter media(content.key(route.media_type));
    if (route.media_type == "application/json")
      append_answer_schema(media.key("schema"), route);
    else
      ObjectWriter(media.key("schema")).member("type", "string");
  }
  for (const auto& form : route.other_media_types) {
    ObjectWriter media(content.key(form.type));
    ObjectWriter(media.key("schema")).member("type", "string").member_if_any("description", std::string(form.meaning));
  }
  if (route.stream_event.empty())
    return;
  ObjectWriter media(content.key(event_stream_type));
  ObjectWriter(media.key("schema")).member("type", "string").member("description", what_is_followed(route));
}

void append_success(ObjectWriter& responses, const Route& route) {
  ObjectWriter response(responses.key(std::to_string(route.success)));
  response.member("description", route.summary);
  if (route.success == 204)
    return;
  if (std::holds_alternative<Query>(route.endpoint) || route.is_tagged || runs_commands(route)) {
    ObjectWriter headers(response.key("headers"));
    for (const std::string_view name : {"ETag", "Gatehouse-Position"}) {
      if (name == "ETag" && !has_etag(route) && !runs_commands(route))
        continue;
      ObjectWriter header(headers.key(name));
      ObjectWriter(header.key("schema")).member("type", "string");
    }
  }
  append_content(response.key("content"), route);
}

void append_not_modified(ObjectWriter& responses, const Route& route) {
  if (has_etag(route))
    ObjectWriter(responses.key("304")).member("description", "The client has the current representation.");
}

// The vendor's form of every refusal.
void append_vendor_responses(std::string& out, const Route& route) {
  ObjectWriter responses(out);
  append_success(responses, route);
  append_not_modified(responses, route);
  ObjectWriter response(responses.key("default"));
  response.member("description", "Refused; code is the vendor's number, reason is ours.");
  ObjectWriter content(response.key("content"));
  ObjectWriter media(content.key("application/json"));
  append_reference(media.key("schema"), "VendorRefusal");
}

void append_problem(ObjectWriter& responses, std::string_view status, std::string_view description) {
  ObjectWriter response(responses.key(status));
  response.member("description", description);
  ObjectWriter content(response.key("content"));
  ObjectWriter media(content.key("application/problem+json"));
  append_reference(media.key("schema"), "Problem");
}

// RFC 6749, 5.2.
void append_token_responses(std::string& out, const Route& route) {
  ObjectWriter responses(out);
  append_success(responses, route);
  for (const auto& [status, description] : {std::pair("400", "The request is not one, or not one for this client."),
                                            std::pair("401", "invalid_client: the client's id or secret is not valid."),
                                            std::pair("default", "Refused as HTTP.")}) {
    ObjectWriter response(responses.key(status));
    response.member("description", std::string_view(description));
    ObjectWriter content(response.key("content"));
    ObjectWriter media(content.key("application/json"));
    ObjectWriter schema(media.key("schema"));
    schema.member("type", "object").member("required", std::vector<std::string_view>{"error"});
    ObjectWriter properties(schema.key("properties"));
    for (const auto* text : {"error", "error_description", "reason"})
      ObjectWriter(properties.key(text)).member("type", "string");
    ObjectWriter(properties.key("code")).member("type", "integer");
  }
}

// AuthZEN's form of every refusal.
void append_text_responses(std::string& out, const Route& route) {
  ObjectWriter responses(out);
  append_success(responses, route);
  ObjectWriter response(responses.key("default"));
  response.member("description", "Refused: a message.");
  ObjectWriter content(response.key("content"));
  ObjectWriter media(content.key("application/json"));
  ObjectWriter(media.key("schema")).member("type", "string");
}

}  // namespace

void append_responses(std::string& out, const Route& route) {
  if (route.dialect == Dialect::authzen)
    return append_text_responses(out, route);
  if (route.dialect == Dialect::zoom)
    return append_vendor_responses(out, route);
  if (route.dialect == Dialect::oauth)
    return append_token_responses(out, route);
  std::map<unsigned, std::string> by_status;
  for (const auto code : errors_of(route)) {
    auto& codes = by_status[problem_kind(code).status];
    codes += (codes.empty() ? "" : ", ") + std::string(code);
  }
  if (runs_commands(route)) {
    for (const auto code : codes_forbidden_by_gate()) {
      if (problem_kind(to_text(code)).status != 403)
        by_status[403] += ", " + std::string(to_text(code));
    }
  }
  ObjectWriter responses(out);
  append_success(responses, route);
  append_not_modified(responses, route);
  for (const auto& [status, codes] : by_status)
    append_problem(responses, std::to_string(status), codes);
  append_problem(
      responses, "default",
      "Refused as HTTP before anybody looked at what it asks: 400, 405, 408, 411, 413, 414, 417, 431, 501, 503, 505.");
}

}  // namespace gatehouse::api
