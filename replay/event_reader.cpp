#include "replay/event_reader.hpp"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

// So many frames are read before they are decoded: they are still near the processor then, and their memory is used again for the next ones.
constexpr std::size_t frames_at_once = 1'000;

// Behind what the batch has. False at the first that is no event; without one before it there is nothing to hand out.
tl::expected<bool, UnreadableEvent> decode(const EventPage& page, EventBatch& batch) {
  for (const auto& stored : page.events) {
    if (const auto decoded = decode_frame(stored.frame, batch.events.emplace_back()); !decoded) {
      batch.events.pop_back();
      batch.at_end = false;
      if (batch.events.empty())
        return tl::unexpected(UnreadableEvent{stored.position, decoded.error()});
      return false;
    }
    batch.next = stored.position;
  }
  batch.at_end = page.at_end;
  return true;
}

}  // namespace

FoldFailure failure_of(const UnreadableEvent& unreadable) {
  return {unreadable.position, "unreadable", std::string(to_text(unreadable.error))};
}

tl::expected<EventBatch, UnreadableEvent> read_events(const EventLog& log, Position after, std::size_t events_max) {
  EventBatch batch{{}, after, false};
  std::size_t bytes = 0;
  while (!batch.at_end && !page_is_full(batch.events.size(), bytes, events_max)) {
    const auto page = log.read(batch.next, std::min(frames_at_once, events_max - batch.events.size()));
    batch.events.reserve(page.at_end ? batch.events.size() + page.events.size()
                                     : std::min(events_max, page_events_max));
    const auto going = decode(page, batch);
    if (!going)
      return tl::unexpected(going.error());
    if (!*going)
      break;
    for (const auto& stored : page.events)
      bytes += stored.frame.size();
  }
  return batch;
}

tl::expected<EventBatch, UnreadableEvent> read_stream_events(const EventLog& log, const AccountId& stream,
                                                             std::uint64_t after_version, std::size_t events_max) {
  EventBatch batch;
  const auto going = decode(log.read_stream(stream, after_version, events_max), batch);
  if (!going)
    return tl::unexpected(going.error());
  return batch;
}

}  // namespace gatehouse
