// What stands in a feed, in its two forms: text/event-stream with CloudEvents, whose ids are positions, or JSON lines with events as the API shows them. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "events/envelope.hpp"

namespace gatehouse::api {

enum class FeedForm { event_stream, json_lines };

[[nodiscard]] std::string_view media_type_of(FeedForm form);
void append_preamble(std::string& out, FeedForm form);
void append_event(std::string& out, FeedForm form, const RecordedEvent& event);
// Everything up to here was told, or passed over by the filters: a client that comes again goes on after it.
void append_heartbeat(std::string& out, FeedForm form, Position position);

}  // namespace gatehouse::api
