#include "api/event_json.hpp"

#include "api/event_form.hpp"
#include "api/json/described_writer.hpp"

namespace gatehouse::api {
namespace {

void append_actor(std::string& out, const Actor& actor) {
  ObjectWriter(out).member("type", actor.type).member_if_any("id", actor.id).member_if_any("role", actor.role);
}

void append_unknown(std::string& out, const UnknownEvent& event) {
  ObjectWriter data(out);
  data.member("type_number", event.type_number).member("body_base64", base64(event.body));
  if (!event.personal.empty())
    data.member("personal_base64", base64(event.personal));
}

}  // namespace

void append_event(std::string& out, const RecordedEvent& event) {
  const auto& envelope = event.envelope;
  const bool recorded = envelope.position.value != 0;
  ObjectWriter object(out);
  object.member("event_id", envelope.event_id);
  if (recorded)
    object.member("position", envelope.position);
  object.member("account_id", envelope.account_id)
      .member("account_version", envelope.account_version)
      .member("type", type_name_of(event))
      .member("schema_version", event.schema_version)
      .member("recorded_at", envelope.recorded_at);
  append_actor(object.key("actor"), envelope.actor);
  object.member("command_id", envelope.command_id)
      .member("correlation_id", envelope.correlation_id)
      .member_if_any("causation_id", envelope.causation_id);
  ObjectWriter(object.key("basis")).member("catalogue_position", envelope.catalogue_position);
  if (recorded) {
    ObjectWriter(object.key("commit")).member("first", envelope.commit_first).member("count", envelope.commit_count);
  }
  append_event_data(object.key("data"), event);
}

std::string type_name_of(const RecordedEvent& event) {
  if (const auto* known = event.known())
    return std::string(name_of(*known));
  return "unknown_" + std::to_string(event.type);
}

void append_event_data(std::string& out, const RecordedEvent& event) {
  if (const auto* known = event.known())
    append_event_data(out, *known);
  else
    append_unknown(out, std::get<UnknownEvent>(event.data));
}

void append_event_data(std::string& out, const Event& event) {
  std::visit([&out](const auto& data) { append_json(out, form_of(data)); }, event);
}

}  // namespace gatehouse::api
