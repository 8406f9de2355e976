#include "api/cloud_event.hpp"

#include "api/event_json.hpp"
#include "api/json/described_writer.hpp"
#include "domain/webhook_event_types.hpp"

namespace gatehouse::api {

namespace {

// Lexicographic order is the order of the log.
std::string sequence_of(Position position) {
  constexpr std::size_t digits = 20;
  auto text = std::to_string(position.value);
  return std::string(digits - text.size(), '0') + text;
}

std::string_view auth_type_of(ActorType type) {
  switch (type) {
  case ActorType::user:
    return "user";
  case ActorType::service:
    return "service_account";
  case ActorType::rule:
  case ActorType::system:
    break;
  }
  return "system";
}

std::string cloud_type_of(const RecordedEvent& event) {
  const auto name = type_name_of(event);
  return event.known() == nullptr ? "appgov." + name + ".v1" : cloud_event_type(name);
}

}  // namespace

void append_cloud_event(std::string& out, const RecordedEvent& event) {
  const auto& envelope = event.envelope;
  ObjectWriter object(out);
  object.member("specversion", "1.0")
      .member("id", envelope.event_id)
      .member("source", "/accounts/" + envelope.account_id.value)
      .member("type", cloud_type_of(event))
      .member("subject", envelope.account_id)
      .member("time", envelope.recorded_at)
      .member("timestamp", envelope.recorded_at)
      .member("sequence", sequence_of(envelope.position))
      .member("authtype", auth_type_of(envelope.actor.type))
      .member_if_any("authid", envelope.actor.id)
      .member("correlationid", envelope.correlation_id)
      .member_if_any("causationid", envelope.causation_id)
      .member("datacontenttype", "application/json");
  append_event_data(object.key("data"), event);
}

}  // namespace gatehouse::api
