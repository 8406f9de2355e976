// The strict reading of a request line (RFC 9112 section 3): one method token, one target in origin-form or absolute-form
// (RFC 3986 characters, whole percent escapes, no fragment), HTTP/1.0 or HTTP/1.1, one space between them and nothing else.
#pragma once
#include <string_view>

#include <tl/expected.hpp>

#include "http/limits.hpp"
#include "http/refusal.hpp"

namespace gatehouse::http {

struct RequestLine {
  std::string_view method;
  std::string_view target;  // in origin-form
  bool http_1_0 = false;
};

// Of a target in absolute-form, as clients of a proxy send it: host and port, which count instead of those of the Host header (RFC 9112
// section 3.2.2). Empty of any other.
[[nodiscard]] std::string_view authority_of(std::string_view target);
// What is asked for without scheme and authority; another target as it is.
[[nodiscard]] std::string_view origin_form(std::string_view target);

// `line` comes without its CRLF; the result's views point into it.
tl::expected<RequestLine, Refusal> check_request_line(std::string_view line, const Limits& limits);

}  // namespace gatehouse::http
