// An event as a CloudEvent 1.0 in the JSON format. Any thread.
#pragma once
#include <string>

#include "events/envelope.hpp"

namespace gatehouse::api {

// An event that only a newer version knows has type `appgov.unknown_<number>.v1` and its stored bytes, base64, as data.
void append_cloud_event(std::string& out, const RecordedEvent& event);

}  // namespace gatehouse::api
