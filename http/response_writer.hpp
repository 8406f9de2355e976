// The bytes of an answer. Nothing in a Response can add a header line or a second answer of its own: one that tries
// is not sendable.
#pragma once
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace gatehouse::http {

// What the request says about the form of its answer.
struct AnswerShape {
  bool head = false;
  bool http_1_0 = false;
  bool keep_alive = true;
};

// Whether names are tokens, values free of control characters, the status final, and no header is one of the transport's own.
bool is_sendable(const Response& response);

// Up to the empty line. `date` is an HTTP date, see DateText. The response must be sendable.
void append_head(std::string& out, const Response& response, const AnswerShape& shape, std::string_view date);

// The text that follows the head; empty where none may.
std::string_view content_of(const Response& response, const AnswerShape& shape);

// Both.
void append_response(std::string& out, const Response& response, const AnswerShape& shape, std::string_view date);

}  // namespace gatehouse::http
