#include "http/response_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/beast/http/status.hpp>

#include "http/field_syntax.hpp"

namespace gatehouse::http {
namespace {

constexpr std::array<std::string_view, 5> own_headers{"connection", "content-length", "content-type", "date",
                                                      "transfer-encoding"};

bool is_own_header(std::string_view name) {
  return std::any_of(own_headers.begin(), own_headers.end(),
                     [&](std::string_view own) { return equal_ignoring_case(own, name); });
}

std::string_view reason_phrase(unsigned status) {
  const auto reason = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  return {reason.data(), reason.size()};
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

bool has_no_content(const Response& response) { return response.status == 204 || response.status == 304; }

}  // namespace

bool is_sendable(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_field_value(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(), [](const ResponseHeader& header) {
           return is_token(header.name) && is_field_value(header.value) && !is_own_header(header.name);
         });
}

void append_head(std::string& out, const Response& response, const AnswerShape& shape, std::string_view date) {
  const bool without_content = has_no_content(response);
  out.append("HTTP/1.1 ");
  append_number(out, response.status);
  out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  append_field(out, "Date", date);
  if (!response.content_type.empty() && !without_content)
    append_field(out, "Content-Type", response.content_type);
  const bool goes_on = std::holds_alternative<std::shared_ptr<BodyReader>>(response.body);
  if (!without_content && !goes_on) {
    out.append("Content-Length: ");
    append_number(out, body_text(response.body).size());
    out.append("\r\n");
  }
  if (!shape.keep_alive || response.close || goes_on) {
    append_field(out, "Connection", "close");
  } else if (shape.http_1_0) {
    append_field(out, "Connection", "keep-alive");
  }
  for (const ResponseHeader& header : response.headers)
    append_field(out, header.name, header.value);
  out.append("\r\n");
}

std::string_view content_of(const Response& response, const AnswerShape& shape) {
  return has_no_content(response) || shape.head ? std::string_view() : body_text(response.body);
}

void append_response(std::string& out, const Response& response, const AnswerShape& shape, std::string_view date) {
  append_head(out, response, shape, date);
  out.append(content_of(response, shape));
}

}  // namespace gatehouse::http
