// Appends JSON to a string, piece by piece: compact, raw UTF-8, no floating point anywhere. Text handed in must be valid
// UTF-8, which all text is that came through parse_strictly() or from the log.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "events/envelope.hpp"

namespace gatehouse::api {

void append_text(std::string& out, std::string_view text);  // with its quotes
void append_number(std::string& out, std::uint64_t number);
void append_number(std::string& out, std::int64_t number);
void append_time(std::string& out, Timestamp time);  // RFC 3339, UTC, milliseconds, with its quotes
[[nodiscard]] std::string time_text(Timestamp time);
// Before each member or element: a comma unless it is the first of its object or array.
void append_separator(std::string& out);
void append_key(std::string& out, std::string_view name);  // separator, name and colon; the value comes next
[[nodiscard]] std::string base64(std::string_view bytes);  // RFC 4648 section 4, padded

}  // namespace gatehouse::api
