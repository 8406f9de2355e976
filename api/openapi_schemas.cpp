#include "api/openapi_schemas.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "api/command_docs.hpp"
#include "api/event_schemas.hpp"
#include "api/json/described_schema.hpp"
#include "api/problem_kinds.hpp"
#include "domain/limits.hpp"
#include "domain/rejection.hpp"

namespace gatehouse::api {
namespace {

// One command, or {"commands": [...]}.
void append_door(ObjectWriter& schemas, std::string_view one, std::string_view door, bool CommandDoc::*through) {
  {
    ObjectWriter command(schemas.key(one));
    {
      ArrayWriter alternatives(command.key("oneOf"));
      for (const auto& doc : command_docs()) {
        if (doc.*through)
          append_reference(alternatives.next(), doc.name);
      }
    }
    ObjectWriter discriminator(command.key("discriminator"));
    discriminator.member("propertyName", "type");
  }
  ObjectWriter schema(schemas.key(door));
  ArrayWriter alternatives(schema.key("oneOf"));
  append_reference(alternatives.next(), one);
  ObjectWriter batch(alternatives.next());
  batch.member("type", "object");
  {
    ObjectWriter properties(batch.key("properties"));
    ObjectWriter commands(properties.key("commands"));
    commands.member("type", "array")
        .member("minItems", 1U)
        .member("maxItems", std::uint64_t{limits::commands_per_batch_max});
    append_reference(commands.key("items"), one);
  }
  batch.member("required", std::vector<std::string_view>{"commands"}).member("additionalProperties", false);
}

void append_integer(ObjectWriter& properties, std::string_view name, std::string_view meaning) {
  ObjectWriter(properties.key(name)).member("type", "integer").member("description", meaning);
}

void append_string(ObjectWriter& properties, std::string_view name, std::string_view meaning) {
  ObjectWriter(properties.key(name)).member("type", "string").member("description", meaning);
}

void append_command_answer(std::string& out) {
  ObjectWriter schema(out);
  schema.member("type", "object");
  {
    ObjectWriter properties(schema.key("properties"));
    append_integer(properties, "position", "Of the last event; without events, of the log as it was decided on.");
    append_integer(properties, "account_version", "Of the account after the command.");
    {
      ObjectWriter events(properties.key("events"));
      events.member("type", "array").member("description", "None when the command changed nothing.");
      append_reference(events.key("items"), "Event");
    }
    ObjectWriter(properties.key("result"))
        .member("type", "object")
        .member("description", "What the command made; for one command.");
    {
      ObjectWriter results(properties.key("results"));
      results.member("type", "array").member("description", "For a batch, one for each command.");
      ObjectWriter(results.key("items")).member("type", "object");
    }
    ObjectWriter(properties.key("dry_run"))
        .member("type", "boolean")
        .member("description", "true: nothing was appended.");
  }
  schema.member("required", std::vector<std::string_view>{"position", "account_version", "events"});
}

void append_actor(ObjectWriter& properties) {
  ObjectWriter actor(properties.key("actor"));
  actor.member("type", "object");
  ObjectWriter members(actor.key("properties"));
  ObjectWriter(members.key("type")).member("type", "string").member("enum", enum_names<ActorType>());
  append_string(members, "id", "The user's id, or the service's name.");
  append_string(members, "role", "The user's role at that moment.");
}

void append_event_envelope(std::string& out) {
  ObjectWriter schema(out);
  schema.member("type", "object");
  {
    ObjectWriter properties(schema.key("properties"));
    append_string(properties, "event_id", "UUIDv7 as 22 base64url characters.");
    append_integer(properties, "position", "In the whole log.");
    append_string(properties, "account_id", "The account, or catalogue.");
    append_integer(properties, "account_version", "In the account: 1, 2, 3 ...");
    append_string(properties, "type", "What happened; the member data has the schema of this name.");
    append_integer(properties, "schema_version", "Of the data as it was stored.");
    ObjectWriter(properties.key("recorded_at")).member("type", "string").member("format", "date-time");
    append_actor(properties);
    append_string(properties, "command_id", "The same for all events of one command.");
    append_string(properties, "correlation_id", "The same for everything that one request caused: its trace's id.");
    append_string(properties, "causation_id", "The event that caused this one, if one did.");
    ObjectWriter(properties.key("basis"))
        .member("type", "object")
        .member("description", "What the decision was made on.");
    ObjectWriter(properties.key("commit"))
        .member("type", "object")
        .member("description", "first and count of the command's events.");
    ObjectWriter data(properties.key("data"));
    ArrayWriter alternatives(data.key("anyOf"));
    for (const auto& event : event_schemas())
      append_reference(alternatives.next(), event.type);
  }
  schema.member("required", std::vector<std::string_view>{"event_id", "account_id", "account_version", "type",
                                                          "schema_version", "recorded_at", "actor", "data"});
}

void append_vendor_refusal(std::string& out) {
  ObjectWriter schema(out);
  schema.member("type", "object");
  {
    ObjectWriter properties(schema.key("properties"));
    ObjectWriter(properties.key("code")).member("type", "integer").member("description", "The vendor's number.");
    ObjectWriter(properties.key("message")).member("type", "string");
    append_string(properties, "reason", "The machine code that a problem document would carry.");
    ObjectWriter errors(properties.key("errors"));
    errors.member("type", "array");
    ObjectWriter(errors.key("items"))
        .member("type", "object")
        .member("description", "field and message of what is not valid.");
  }
  schema.member("required", std::vector<std::string_view>{"code", "message"});
}

void append_problem(std::string& out) {
  std::vector<std::string_view> codes;
  for (const auto& kind : problem_kinds())
    codes.push_back(kind.code);
  ObjectWriter schema(out);
  schema.member("type", "object");
  {
    ObjectWriter properties(schema.key("properties"));
    append_string(properties, "type", "A page that explains the code.");
    append_string(properties, "title", "What the code means.");
    append_integer(properties, "status", "The HTTP status.");
    append_string(properties, "detail", "What happened here.");
    append_string(properties, "instance", "The request's path.");
    ObjectWriter(properties.key("code")).member("type", "string").member("enum", codes);
    append_string(properties, "help", "Where to find help.");
    ObjectWriter errors(properties.key("errors"));
    errors.member("type", "array").member("description", "Each place that is wrong.");
    ObjectWriter(errors.key("items")).member("type", "object");
  }
  schema.member("required", std::vector<std::string_view>{"type", "title", "status", "code"});
}

}  // namespace

void append_reference(std::string& out, std::string_view name) {
  ObjectWriter(out).member("$ref", "#/components/schemas/" + std::string(name));
}

void append_component_schemas(std::string& out) {
  ObjectWriter schemas(out);
  append_door(schemas, "AccountCommand", "AccountCommands", &CommandDoc::account_door);
  append_door(schemas, "PlatformCommand", "PlatformCommands", &CommandDoc::platform_door);
  for (const auto& doc : command_docs())
    doc.append_input_schema(schemas.key(doc.name));
  append_command_answer(schemas.key("CommandAnswer"));
  append_event_envelope(schemas.key("Event"));
  for (const auto& event : event_schemas())
    event.append(schemas.key(event.type));
  append_problem(schemas.key("Problem"));
  append_vendor_refusal(schemas.key("VendorRefusal"));
}

bool is_command_problem(std::string_view code) {
  static constexpr std::array own{std::string_view("malformed_json"),
                                  std::string_view("unknown_field"),
                                  std::string_view("invalid_field"),
                                  std::string_view("unknown_command"),
                                  std::string_view("invalid_idempotency_key"),
                                  std::string_view("invalid_precondition"),
                                  std::string_view("unsupported_media_type"),
                                  std::string_view("webhook_message_not_found"),
                                  std::string_view("idempotency_key_reused"),
                                  std::string_view("busy"),
                                  std::string_view("read_only"),
                                  std::string_view("disk_full"),
                                  std::string_view("contended"),
                                  std::string_view("outcome_unknown"),
#define GATEHOUSE_CODE(rejection) std::string_view(#rejection),
                                  GATEHOUSE_REJECTION_CODES(GATEHOUSE_CODE)
#undef GATEHOUSE_CODE
  };
  return std::ranges::find(own, code) != own.end();
}

}  // namespace gatehouse::api
