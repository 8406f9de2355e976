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

// What is asked for without the scheme and the authority of an absolute-form, by which clients of a proxy name this server (RFC
// 9112 section 3.2.2); another target as it is.
[[nodiscard]] std::string_view origin_form(std::string_view target);

// `line` comes without its CRLF; the result's views point into it.
tl::expected<RequestLine, Refusal> check_request_line(std::string_view line, const Limits& limits);

}  // namespace gatehouse::http
