#include "http/header_gate.hpp"

#include <array>
#include <charconv>

#include "http/field_syntax.hpp"
#include "http/host_field.hpp"
#include "http/request_line.hpp"

namespace gatehouse::http {
namespace {

using MaybeRefusal = std::optional<Refusal>;

Refusal malformed(std::string_view detail) { return {RefusalKind::malformed_request, detail}; }

struct Field {
  std::string_view name;
  std::string_view value;
};

tl::expected<Field, Refusal> split_field(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') {
    return tl::unexpected(malformed("A header line begins with a blank."));
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos)
    return tl::unexpected(malformed("A header line has no colon."));
  const std::string_view name = line.substr(0, colon);
  if (!is_token(name))
    return tl::unexpected(malformed("A header name is not a token."));
  const std::string_view value = line.substr(colon + 1);
  if (!is_field_value(value))
    return tl::unexpected(malformed("A header value has a control character."));
  return Field{.name = name, .value = trim_blanks(value)};
}

// What the fields say about the request, gathered line by line. Two differing readings of one of these are how requests are
// smuggled, so each may be said once.
class FieldRules {
 public:
  MaybeRefusal see(const Field& field);
  tl::expected<Framing, Refusal> conclude(const RequestLine& line, const Limits& limits) const;

 private:
  MaybeRefusal see_host(std::string_view value);
  MaybeRefusal see_content_length(std::string_view value);
  MaybeRefusal see_expect(std::string_view value);
  MaybeRefusal see_single(std::string_view name);
  MaybeRefusal see_connection(std::string_view value);

  static constexpr std::array<std::string_view, 3> single_{"authorization", "content-type", "idempotency-key"};

  bool host_ = false;
  bool expects_continue_ = false;
  bool close_ = false;
  bool keep_alive_ = false;
  std::optional<std::uint64_t> content_length_;
  std::array<bool, single_.size()> seen_{};
};

MaybeRefusal FieldRules::see(const Field& field) {
  if (equal_ignoring_case(field.name, "transfer-encoding")) {
    if (equal_ignoring_case(field.value, "chunked"))
      return Refusal{RefusalKind::length_required, "Send the body with a Content-Length, and not in chunks."};
    return Refusal{RefusalKind::transfer_encoding_unsupported, "Send the body with a Content-Length."};
  }
  if (equal_ignoring_case(field.name, "content-encoding") && !equal_ignoring_case(field.value, "identity")) {
    return Refusal{RefusalKind::content_encoding_unsupported, "Send the body without a Content-Encoding."};
  }
  if (equal_ignoring_case(field.name, "host"))
    return see_host(field.value);
  if (equal_ignoring_case(field.name, "content-length"))
    return see_content_length(field.value);
  if (equal_ignoring_case(field.name, "expect"))
    return see_expect(field.value);
  if (equal_ignoring_case(field.name, "connection"))
    return see_connection(field.value);
  return see_single(field.name);
}

MaybeRefusal FieldRules::see_host(std::string_view value) {
  if (host_)
    return Refusal{RefusalKind::invalid_host, "There is more than one Host header."};
  host_ = true;
  if (!is_host_value(value))
    return Refusal{RefusalKind::invalid_host, "The Host header is not a host with a port."};
  return std::nullopt;
}

MaybeRefusal FieldRules::see_content_length(std::string_view value) {
  if (content_length_)
    return Refusal{RefusalKind::invalid_content_length, "There is more than one Content-Length."};
  std::uint64_t length = 0;
  const char* end = value.data() + value.size();
  const auto [stopped_at, error] = std::from_chars(value.data(), end, length);
  if (error == std::errc::result_out_of_range && stopped_at == end) {
    length = UINT64_MAX;  // too large, whatever the limit is
  } else if (error != std::errc() || stopped_at != end) {
    return Refusal{RefusalKind::invalid_content_length, "The Content-Length is not a number of bytes."};
  }
  content_length_ = length;
  return std::nullopt;
}

MaybeRefusal FieldRules::see_expect(std::string_view value) {
  if (!equal_ignoring_case(value, "100-continue")) {
    return Refusal{RefusalKind::expectation_failed, "The only expectation this server meets is 100-continue."};
  }
  expects_continue_ = true;
  return std::nullopt;
}

MaybeRefusal FieldRules::see_single(std::string_view name) {
  for (std::size_t index = 0; index < single_.size(); ++index) {
    if (!equal_ignoring_case(name, single_[index]))
      continue;
    if (seen_[index])
      return Refusal{RefusalKind::duplicate_header, "A header that may appear once appears twice."};
    seen_[index] = true;
  }
  return std::nullopt;
}

MaybeRefusal FieldRules::see_connection(std::string_view value) {
  bool sound = true;
  for_each_list_element(value, [&](std::string_view option) {
    sound = sound && is_token(option);
    close_ = close_ || equal_ignoring_case(option, "close");
    keep_alive_ = keep_alive_ || equal_ignoring_case(option, "keep-alive");
  });
  if (!sound)
    return malformed("The Connection header is not a list of tokens.");
  return std::nullopt;
}

tl::expected<Framing, Refusal> FieldRules::conclude(const RequestLine& line, const Limits& limits) const {
  if (!host_ && !line.http_1_0)
    return tl::unexpected(Refusal{RefusalKind::invalid_host, "There is no Host header."});
  const bool carries_body = line.method == "POST" || line.method == "PUT" || line.method == "PATCH";
  if (carries_body && !content_length_) {
    return tl::unexpected(Refusal{RefusalKind::length_required, "Say how long the body is, 0 included."});
  }
  Framing framing{.content_length = content_length_.value_or(0),
                  .http_1_0 = line.http_1_0,
                  .keep_alive = !close_ && (keep_alive_ || !line.http_1_0),
                  .expects_continue = expects_continue_ && !line.http_1_0,
                  .head = line.method == "HEAD"};
  if (framing.content_length > limits.body_bytes) {
    return tl::unexpected(Refusal{RefusalKind::body_too_large, "The body is longer than this server reads."});
  }
  return framing;
}

}  // namespace

tl::expected<Framing, Refusal> check_header_block(std::string_view block, const Limits& limits) {
  const Refusal too_large{RefusalKind::headers_too_large, "The headers are longer or more than this server reads."};
  if (block.size() > limits.header_block_bytes)
    return tl::unexpected(too_large);
  if (!block.ends_with("\r\n\r\n"))
    return tl::unexpected(malformed("The headers do not end in an empty line."));
  block.remove_suffix(2);

  const auto line_end = block.find("\r\n");
  const auto line = check_request_line(block.substr(0, line_end), limits);
  if (!line)
    return tl::unexpected(line.error());
  block.remove_prefix(line_end + 2);

  FieldRules rules;
  for (std::size_t fields = 0; !block.empty(); ++fields) {
    if (fields == limits.header_fields)
      return tl::unexpected(too_large);
    const auto end = block.find("\r\n");
    if (end == 0)
      return tl::unexpected(malformed("There are bytes behind the empty line."));
    const auto field = split_field(block.substr(0, end));
    if (!field)
      return tl::unexpected(field.error());
    if (const auto refusal = rules.see(*field))
      return tl::unexpected(*refusal);
    block.remove_prefix(end + 2);
  }
  return rules.conclude(*line, limits);
}

}  // namespace gatehouse::http
