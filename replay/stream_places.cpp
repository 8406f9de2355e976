#include "replay/stream_places.hpp"

#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

// By halving: `is_before` is true up to some version and false after it, and false for `behind`. 0 when it is never true.
template <class IsBefore>
std::uint64_t last_version_where(const EventLog& log, const AccountId& stream, std::uint64_t behind,
                                 const IsBefore& is_before) {
  std::uint64_t last = 0;
  while (behind - last > 1) {
    const auto middle = last + (behind - last) / 2;
    const auto page = log.read_stream(stream, middle - 1, 1);
    GATEHOUSE_ASSERT(!page.events.empty());
    (is_before(page.events.front()) ? last : behind) = middle;
  }
  return last;
}

}  // namespace

std::uint64_t version_at(const EventLog& log, const AccountId& stream, Position position) {
  const auto head = log.stream_head(stream).value_or(StreamHead{});
  if (position >= head.position)
    return head.version;
  return last_version_where(log, stream, head.version,
                            [&](const StoredEvent& event) { return event.position <= position; });
}

std::uint64_t version_before(const EventLog& log, const AccountId& stream, Timestamp time) {
  const auto head = log.stream_head(stream).value_or(StreamHead{});
  if (head.recorded_at < time)
    return head.version;
  return last_version_where(log, stream, head.version, [&](const StoredEvent& event) {
    const auto frame = parse_frame(event.frame);
    GATEHOUSE_ASSERT(frame.has_value());
    return frame->envelope.recorded_at < time;
  });
}

}  // namespace gatehouse
