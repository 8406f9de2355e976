// Why the transport turned a request away before any handler saw it, as a value. `refusal_facts` lists every kind with its
// status, machine code and title, so that each code can have its page; after any of them the connection is closed.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace gatehouse::http {

enum class RefusalKind : std::uint8_t {
  malformed_request,
  invalid_target,
  invalid_host,
  invalid_content_length,
  duplicate_header,
  method_not_allowed,
  request_timeout,
  length_required,
  body_too_large,
  target_too_long,
  content_encoding_unsupported,
  expectation_failed,
  headers_too_large,
  internal_error,
  method_not_implemented,
  transfer_encoding_unsupported,
  too_many_connections,
  too_many_large_bodies,
  http_version_unsupported,
};

struct RefusalFacts {
  RefusalKind kind;
  unsigned status;
  std::string_view code;
  std::string_view title;
};

inline constexpr std::array<RefusalFacts, 19> refusal_facts{{
    {RefusalKind::malformed_request, 400, "malformed_request", "The request is not well-formed HTTP"},
    {RefusalKind::invalid_target, 400, "invalid_target", "The request target is not valid"},
    {RefusalKind::invalid_host, 400, "invalid_host", "The Host header is missing or not valid"},
    {RefusalKind::invalid_content_length, 400, "invalid_content_length", "The Content-Length header is not valid"},
    {RefusalKind::duplicate_header, 400, "duplicate_header", "A header that may appear once appears twice"},
    {RefusalKind::method_not_allowed, 405, "method_not_allowed", "The method is not allowed"},
    {RefusalKind::request_timeout, 408, "request_timeout", "The request took too long to arrive"},
    {RefusalKind::length_required, 411, "length_required", "A Content-Length is required"},
    {RefusalKind::body_too_large, 413, "body_too_large", "The request body is too large"},
    {RefusalKind::target_too_long, 414, "target_too_long", "The request line is too long"},
    {RefusalKind::content_encoding_unsupported, 415, "content_encoding_unsupported",
     "The body's encoding is not supported"},
    {RefusalKind::expectation_failed, 417, "expectation_failed", "The expectation cannot be met"},
    {RefusalKind::headers_too_large, 431, "headers_too_large", "The request headers are too large"},
    {RefusalKind::internal_error, 500, "internal_error", "The server failed to answer"},
    {RefusalKind::method_not_implemented, 501, "method_not_implemented", "The method is not implemented"},
    {RefusalKind::transfer_encoding_unsupported, 501, "transfer_encoding_unsupported",
     "Transfer-Encoding is not supported"},
    {RefusalKind::too_many_connections, 503, "too_many_connections", "The server has too many connections"},
    {RefusalKind::too_many_large_bodies, 503, "too_many_large_bodies", "The server is reading too many large bodies"},
    {RefusalKind::http_version_unsupported, 505, "http_version_unsupported", "The HTTP version is not supported"},
}};

struct Refusal {
  RefusalKind kind;
  std::string_view detail;  // a sentence of our own, never text of the client; lives as long as the program

  const RefusalFacts& facts() const;
  unsigned status() const { return facts().status; }
  std::string_view code() const { return facts().code; }
  std::string_view title() const { return facts().title; }
};

// What can be told of a request although it was refused, so that its answer has the form that its client reads. Either may be empty.
struct RefusedHead {
  std::string target;      // as in the request line: a path and what follows it
  std::string request_id;  // what X-Request-Id says
};

// `received` begins with the request line, as far as it came.
RefusedHead head_of(std::string_view received);

// Turns a refusal into its answer. Runs on any I/O thread, several at a time. `request_id` is the server's; empty before one was given.
using RefusalResponse =
    std::function<Response(const Refusal& refusal, const RefusedHead& head, std::string_view request_id)>;

// The default: application/problem+json (RFC 9457), with the headers that the status obliges to.
Response problem_response(const Refusal& refusal, const RefusedHead& head = {}, std::string_view request_id = {});

}  // namespace gatehouse::http
