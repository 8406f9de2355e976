// Content negotiation (RFC 9110 sections 8.3 and 12.5.1), as far as one form per path needs it.
#pragma once
#include <string_view>

namespace gatehouse::api {

inline constexpr std::string_view event_stream_type = "text/event-stream";

// Without parameters but charset=utf-8.
[[nodiscard]] bool is_media_type(std::string_view content_type, std::string_view wanted);
// application/json, with no parameter but charset=utf-8.
[[nodiscard]] bool is_json(std::string_view content_type);
// Whether an Accept field admits the media type: the most specific range that covers it must not have q=0.
[[nodiscard]] bool accepts(std::string_view accept, std::string_view media_type);

}  // namespace gatehouse::api
