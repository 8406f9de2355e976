// Where a request stands in a trace that goes through several programs: W3C Trace Context (https://www.w3.org/TR/trace-context/). The id of a
// trace is also the correlation id of the events that its requests record, so that it is known when their webhooks are sent.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/ids.hpp"

namespace gatehouse::tracing {

inline constexpr std::string_view traceparent_header = "traceparent";

struct SpanId {
  std::array<std::uint8_t, 8> bytes{};
  [[nodiscard]] bool is_nil() const { return *this == SpanId{}; }
  auto operator<=>(const SpanId&) const = default;
};

// What this server does for one request, or with one that it makes.
struct Span {
  Uuid trace_id{};
  SpanId id{};
  SpanId parent{};  // whose request it is; nil: the trace begins here
};

// Nothing for a header that is not valid; what stands behind the known parts of a later version is passed over.
struct Parent {
  Uuid trace_id;
  SpanId span_id;
};
[[nodiscard]] std::optional<Parent> parse_traceparent(std::string_view header);

[[nodiscard]] Span begin_trace(std::int64_t unix_ms);  // under a UUIDv7
[[nodiscard]] Span continue_trace(const Parent& parent);
// A request that follows from an event. Its sender is no request that still runs, so it has no parent.
[[nodiscard]] Span follow_up(const Uuid& correlation_id);

// The header of a request made in the span. It says that the trace is recorded: what leaves this server stands in its log.
[[nodiscard]] std::string traceparent(const Span& span);

// Lower case, as traces are named everywhere.
[[nodiscard]] std::array<char, 32> hex(const Uuid& trace_id);
[[nodiscard]] std::array<char, 16> hex(const SpanId& span_id);

}  // namespace gatehouse::tracing
