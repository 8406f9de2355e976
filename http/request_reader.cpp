#include "http/request_reader.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/header_gate.hpp"
#include "http/header_scanner.hpp"
#include "http/request_line.hpp"
#include "table/assert.hpp"

namespace gatehouse::http {
namespace beast_http = boost::beast::http;
namespace {

using BeastParser = beast_http::request_parser<beast_http::string_body>;

constexpr std::size_t header_read_bytes = 8 * 1024;
constexpr std::size_t body_read_bytes = 64 * 1024;
constexpr std::size_t kept_buffer_bytes = 16 * 1024;

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

Request head_of(const BeastParser::value_type& message) {
  Request head;
  head.method = text_of(message.method_string());
  head.target = origin_form(text_of(message.target()));
  std::size_t fields = 0;
  std::size_t bytes = 0;
  for (const auto& field : message) {
    ++fields;
    bytes += field.name_string().size() + field.value().size();
  }
  head.headers.reserve(fields, bytes);
  for (const auto& field : message) {
    head.headers.add({field.name_string().data(), field.name_string().size()},
                     {field.value().data(), field.value().size()});
  }
  return head;
}

Request take_request(BeastParser& parser) {
  auto message = parser.release();
  const auto target = text_of(message.target());
  if (const auto authority = authority_of(target); !authority.empty())
    message.set(beast_http::field::host, {authority.data(), authority.size()});
  auto request = head_of(message);
  request.body = std::move(message.body());
  return request;
}

bool read_alike(const BeastParser& parser, const Framing& framing) {
  const auto length = parser.content_length();
  return !parser.chunked() && (length ? *length : 0) == framing.content_length &&
         parser.get().version() == (framing.http_1_0 ? 10U : 11U) && parser.keep_alive() == framing.keep_alive;
}

AnswerShape shape_of(const Framing& framing) {
  return {.head = framing.head, .http_1_0 = framing.http_1_0, .keep_alive = framing.keep_alive};
}

}  // namespace

struct RequestReader::Parser {
  Parser(const Limits& limits_in, const BodyBudget& bodies_in)
      : limits(limits_in), bodies(bodies_in), scanner(limits) {}

  Step next_header();
  Step begin_body();
  Step next_body();
  bool skip_empty_line();
  Refused refuse(const Refusal& refusal) const;

  std::string_view received() const {
    const auto data = buffer.data();
    return {static_cast<const char*>(data.data()), data.size()};
  }

  const Limits& limits;
  const BodyBudget& bodies;
  HeaderScanner scanner;
  boost::beast::flat_buffer buffer;
  std::optional<BeastParser> beast;   // engaged while a body is being received
  std::uint64_t announced_bytes = 0;  // of a large body that has not begun
  RefusedHead announced_head;         // of its request
  bool wants_continue = false;
  BodyBudget::Share share;  // of that body
  AnswerShape shape;
  bool empty_line_skipped = false;
};

RequestReader::RequestReader(const Limits& limits, const BodyBudget& bodies)
    : parser_(std::make_unique<Parser>(limits, bodies)) {}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::prepare() {
  std::size_t wanted = header_read_bytes;
  if (parser_->beast) {
    const auto remaining = parser_->beast->content_length_remaining();
    const std::uint64_t rest = remaining ? *remaining : 0;
    wanted = static_cast<std::size_t>(std::clamp<std::uint64_t>(rest, header_read_bytes, body_read_bytes));
  }
  const auto room = parser_->buffer.prepare(wanted);
  return {static_cast<char*>(room.data()), room.size()};
}

void RequestReader::commit(std::size_t bytes) { parser_->buffer.commit(bytes); }

RequestReader::Awaits RequestReader::awaits() const {
  if (parser_->beast)
    return Awaits::body;
  return parser_->buffer.size() > 0 ? Awaits::header : Awaits::request;
}

std::size_t RequestReader::buffered_bytes() const { return parser_->buffer.size(); }

RequestReader::Step RequestReader::next() { return parser_->beast ? parser_->begin_body() : parser_->next_header(); }

RequestReader::Step RequestReader::Parser::next_header() {
  if (!skip_empty_line())
    return NeedMore{};
  const auto header_bytes = scanner.scan(received());
  if (!header_bytes)
    return refuse(header_bytes.error());
  if (*header_bytes == 0)
    return NeedMore{};
  const auto framing = check_header_block(received().substr(0, *header_bytes), limits);
  if (!framing)
    return refuse(framing.error());
  const bool is_large = framing->content_length > limits.small_body_bytes;
  if (is_large)
    announced_head = http::head_of(received());
  beast.emplace();
  beast->eager(true);
  beast->header_limit(static_cast<std::uint32_t>(limits.header_block_bytes));
  beast->body_limit(limits.body_bytes);
  boost::beast::error_code error;
  const std::size_t consumed = beast->put(boost::asio::buffer(received().substr(0, *header_bytes)), error);
  if (error || consumed != *header_bytes || !beast->is_header_done() || !read_alike(*beast, *framing)) {
    return refuse({RefusalKind::malformed_request, "The headers can be read in more than one way."});
  }
  buffer.consume(consumed);
  shape = shape_of(*framing);
  wants_continue = framing->expects_continue;
  if (!is_large)
    return begin_body();
  announced_bytes = framing->content_length;
  return AnnouncesLargeBody{.head = head_of(beast->get()), .shape = shape};
}

RequestReader::Step RequestReader::Parser::begin_body() {
  if (const auto bytes = std::exchange(announced_bytes, 0); bytes > 0) {
    share = bodies.take(static_cast<std::size_t>(bytes));
    if (!share) {
      return Refused{.refusal = {RefusalKind::too_many_large_bodies, "Try again when others have been read."},
                     .shape = shape,
                     .head = std::move(announced_head)};
    }
  }
  if (std::exchange(wants_continue, false) && !beast->is_done() && buffer.size() == 0)
    return WantsContinue{};
  return next_body();
}

RequestReader::Step RequestReader::Parser::next_body() {
  while (!beast->is_done() && buffer.size() > 0) {
    boost::beast::error_code error;
    const std::size_t consumed = beast->put(buffer.data(), error);
    GATEHOUSE_ASSERT(!error && consumed > 0);
    buffer.consume(consumed);
  }
  if (!beast->is_done())
    return NeedMore{};
  Parsed parsed{.request = take_request(*beast), .shape = shape};
  parsed.request.body_share = std::move(share);
  beast.reset();
  scanner.reset();
  empty_line_skipped = false;
  if (buffer.size() == 0 && buffer.capacity() > kept_buffer_bytes)
    buffer.shrink_to_fit();
  return parsed;
}

// RFC 9112 section 2.2: one empty line before a request is forgiven. False while it is not known whether it is one.
bool RequestReader::Parser::skip_empty_line() {
  if (empty_line_skipped || !received().starts_with('\r'))
    return true;
  if (buffer.size() == 1)
    return false;
  if (received().starts_with("\r\n"))
    buffer.consume(2);
  empty_line_skipped = true;
  return true;
}

RequestReader::Refused RequestReader::Parser::refuse(const Refusal& refusal) const {
  return {.refusal = refusal,
          .shape = {.head = received().starts_with("HEAD "), .http_1_0 = false, .keep_alive = false},
          .head = http::head_of(received())};
}

}  // namespace gatehouse::http
