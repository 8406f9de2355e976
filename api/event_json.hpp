// An event as the API and the command line show it: the envelope and its data. Any thread.
#pragma once
#include <string>

#include "events/envelope.hpp"

namespace gatehouse::api {

// An event that only a newer version knows has type `unknown_<number>` and its stored bytes, base64, as data. Of an event
// that was not recorded (a dry run) position and commit are left out.
void append_event(std::string& out, const RecordedEvent& event);
// The event's data alone.
void append_event_data(std::string& out, const Event& event);
void append_event_data(std::string& out, const RecordedEvent& event);
// AppInstalled, or unknown_<number>.
[[nodiscard]] std::string type_name_of(const RecordedEvent& event);

}  // namespace gatehouse::api
