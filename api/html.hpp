// The frame of the readable pages: one file each, no script, nothing loaded from elsewhere.
#pragma once
#include <string>
#include <string_view>

namespace gatehouse::api {

// For text and for attribute values in double quotes.
[[nodiscard]] std::string escape_html(std::string_view text);
// `body` is HTML.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view body);

}  // namespace gatehouse::api
