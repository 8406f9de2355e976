#include "replay/event_reader.hpp"

#include <utility>

namespace gatehouse {

namespace {

tl::expected<EventBatch, UnreadableEvent> decode(const EventPage& page) {
  EventBatch batch{{}, page.next, page.at_end};
  batch.events.reserve(page.events.size());
  for (const auto& stored : page.events) {
    const auto decoded = decode_frame(stored.frame, batch.events.emplace_back());
    if (decoded)
      continue;
    batch.events.pop_back();
    if (batch.events.empty())
      return tl::unexpected(UnreadableEvent{stored.position, decoded.error()});
    batch.next = batch.events.back().envelope.position;
    batch.at_end = false;
    break;
  }
  return batch;
}

}  // namespace

FoldFailure failure_of(const UnreadableEvent& unreadable) {
  return {unreadable.position, "unreadable", std::string(to_text(unreadable.error))};
}

tl::expected<EventBatch, UnreadableEvent> read_events(const EventLog& log, Position after, std::size_t events_max) {
  return decode(log.read(after, events_max));
}

tl::expected<EventBatch, UnreadableEvent> read_stream_events(const EventLog& log, const AccountId& stream,
                                                             std::uint64_t after_version, std::size_t events_max) {
  return decode(log.read_stream(stream, after_version, events_max));
}

}  // namespace gatehouse
