// Content negotiation (RFC 9110 sections 8.3 and 12.5.1).
#pragma once
#include <string_view>

namespace gatehouse::api {

inline constexpr std::string_view event_stream_type = "text/event-stream";
inline constexpr std::string_view json_lines_type = "application/x-ndjson";

// Without parameters but charset=utf-8.
[[nodiscard]] bool is_media_type(std::string_view content_type, std::string_view wanted);
// application/json, with no parameter but charset=utf-8.
[[nodiscard]] bool is_json(std::string_view content_type);
// How much an Accept field likes the media type, by the most specific range that covers it: 0 (not at all) to 1,000.
[[nodiscard]] int acceptance(std::string_view accept, std::string_view media_type);
// Whether an Accept field admits the media type: the most specific range that covers it must not have q=0.
[[nodiscard]] bool accepts(std::string_view accept, std::string_view media_type);

}  // namespace gatehouse::api
