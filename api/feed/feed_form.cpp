#include "api/feed/feed_form.hpp"

#include "api/cloud_event.hpp"
#include "api/event_json.hpp"
#include "api/json/described_writer.hpp"
#include "api/media_type.hpp"

namespace gatehouse::api {

namespace {

constexpr std::string_view client_waits = "retry: 2000\n\n";  // milliseconds, before it connects again

}  // namespace

std::string_view media_type_of(FeedForm form) {
  return form == FeedForm::event_stream ? event_stream_type : json_lines_type;
}

void append_preamble(std::string& out, FeedForm form) {
  if (form == FeedForm::event_stream)
    out.append(client_waits);
}

void append_event(std::string& out, FeedForm form, const RecordedEvent& event) {
  if (form == FeedForm::json_lines) {
    append_event(out, event);
    out.append("\n");
    return;
  }
  out.append("id: ").append(std::to_string(event.envelope.position.value)).append("\ndata: ");
  append_cloud_event(out, event);
  out.append("\n\n");
}

// An event stream's id without data is kept by clients and makes no event (WHATWG HTML, 9.2.6).
void append_heartbeat(std::string& out, FeedForm form, Position position) {
  const auto text = std::to_string(position.value);
  if (form == FeedForm::event_stream) {
    out.append(": position ").append(text).append("\nid: ").append(text).append("\n\n");
    return;
  }
  {
    ObjectWriter line(out);
    ObjectWriter(line.key("heartbeat")).member("position", position);
  }
  out.append("\n");
}

}  // namespace gatehouse::api
