#include "tracing/span.hpp"

#include <algorithm>
#include <cstring>
#include <random>
#include <span>

#include "identity/secure_random.hpp"

namespace gatehouse::tracing {

namespace {

// version "-" trace-id "-" parent-id "-" trace-flags
constexpr std::size_t trace_id_at = 3;
constexpr std::size_t parent_id_at = 36;
constexpr std::size_t flags_at = 53;
constexpr std::size_t length = 55;
constexpr std::string_view digits = "0123456789abcdef";

// False unless all of it is lower-case hex.
bool read_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto high = digits.find(text[2 * at]);
    const auto low = digits.find(text[2 * at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos)
      return false;
    bytes[at] = static_cast<std::uint8_t>(high << 4U | low);
  }
  return true;
}

template <std::size_t bytes>
std::array<char, 2 * bytes> to_hex(const std::array<std::uint8_t, bytes>& from) {
  std::array<char, 2 * bytes> text{};
  for (std::size_t at = 0; at < bytes; ++at) {
    text[2 * at] = digits[from[at] >> 4U];
    text[2 * at + 1] = digits[from[at] & 0xFU];
  }
  return text;
}

std::mt19937_64 seeded_generator() {
  std::array<std::uint8_t, 32> random;
  identity::fill_with_random(random);
  std::seed_seq seed(random.begin(), random.end());
  return std::mt19937_64(seed);
}

// Ids of traces and spans must differ and need not be secret: what keeps secrets safe would cost every request a microsecond.
template <std::size_t bytes>
std::array<std::uint8_t, bytes> make_random() {
  thread_local auto generator = seeded_generator();
  std::array<std::uint8_t, bytes> random;
  for (std::size_t at = 0; at < bytes; at += sizeof(std::uint64_t)) {
    const auto word = generator();
    std::memcpy(random.data() + at, &word, std::min(sizeof word, bytes - at));
  }
  return random;
}

SpanId make_span_id() {
  SpanId id;
  do
    id.bytes = make_random<8>();
  while (id.is_nil());
  return id;
}

}  // namespace

std::optional<Parent> parse_traceparent(std::string_view header) {
  if (header.size() < length)
    return std::nullopt;
  for (const auto at : {trace_id_at, parent_id_at, flags_at}) {
    if (header[at - 1] != '-')
      return std::nullopt;
  }
  std::array<std::uint8_t, 1> version{}, flags{};
  Parent parent{};
  const bool is_hex = read_hex(header, version) && read_hex(header.substr(trace_id_at), parent.trace_id.bytes) &&
                      read_hex(header.substr(parent_id_at), parent.span_id.bytes) &&
                      read_hex(header.substr(flags_at), flags);
  const bool ends = header.size() == length || (version.front() > 0 && header[length] == '-');
  if (!is_hex || !ends || version.front() == 0xFF || parent.trace_id.is_nil() || parent.span_id.is_nil())
    return std::nullopt;
  return parent;
}

Span begin_trace(std::int64_t unix_ms) {
  return {.trace_id = make_uuid_v7(unix_ms, make_random<10>()), .id = make_span_id()};
}

Span continue_trace(const Parent& parent) {
  return {.trace_id = parent.trace_id, .id = make_span_id(), .parent = parent.span_id};
}

Span follow_up(const Uuid& correlation_id) { return {.trace_id = correlation_id, .id = make_span_id()}; }

std::string traceparent(const Span& span) {
  const auto trace_id = hex(span.trace_id);
  const auto id = hex(span.id);
  std::string header("00-");
  header.append(trace_id.data(), trace_id.size()).append("-").append(id.data(), id.size()).append("-01");
  return header;
}

std::array<char, 32> hex(const Uuid& trace_id) { return to_hex(trace_id.bytes); }

std::array<char, 16> hex(const SpanId& span_id) { return to_hex(span_id.bytes); }

}  // namespace gatehouse::tracing
