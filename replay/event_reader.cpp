#include "replay/event_reader.hpp"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

// So many frames are read before they are decoded: they are still near the processor then, and their memory is used again for the next ones.
constexpr std::size_t frames_at_once = 1'000;
// Events of longer frames are not decoded into again: what they took would be kept for each place of a batch.
constexpr std::size_t reused_frame_bytes_max = 4'096;

// Fills a batch from its beginning; it may hold events that are not needed any more.
class Batch {
 public:
  Batch(EventBatch&& former, Position after) : batch_(std::move(former)) {
    if (batch_.longest_frame > reused_frame_bytes_max)
      batch_.events.clear();
    batch_.longest_frame = 0;
    batch_.next = after;
    batch_.at_end = false;
  }

  [[nodiscard]] const EventBatch& get() const { return batch_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  void reserve(std::size_t events) { batch_.events.reserve(events); }

  // False at the first that is no event; without one before it there is nothing to hand out.
  tl::expected<bool, UnreadableEvent> add(const EventPage& page) {
    for (const auto& stored : page.events) {
      if (const auto decoded = decode_frame(stored.frame, place()); !decoded) {
        if (size_ == 0)
          return tl::unexpected(UnreadableEvent{stored.position, decoded.error()});
        return false;
      }
      ++size_;
      bytes_ += stored.frame.size();
      batch_.longest_frame = std::max(batch_.longest_frame, stored.frame.size());
      batch_.next = stored.position;
    }
    batch_.at_end = page.at_end;
    return true;
  }

  EventBatch take() && {
    batch_.events.resize(size_);
    return std::move(batch_);
  }

 private:
  RecordedEvent& place() { return size_ < batch_.events.size() ? batch_.events[size_] : batch_.events.emplace_back(); }

  EventBatch batch_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

FoldFailure failure_of(const UnreadableEvent& unreadable) {
  return {unreadable.position, "unreadable", std::string(to_text(unreadable.error))};
}

tl::expected<EventBatch, UnreadableEvent> read_events(const EventLog& log, Position after, std::size_t events_max,
                                                      EventBatch&& former) {
  Batch batch(std::move(former), after);
  while (!batch.get().at_end && !page_is_full(batch.size(), batch.bytes(), events_max)) {
    const auto page = log.read(batch.get().next, std::min(frames_at_once, events_max - batch.size()));
    batch.reserve(page.at_end ? batch.size() + page.events.size() : std::min(events_max, page_events_max));
    const auto going = batch.add(page);
    if (!going)
      return tl::unexpected(going.error());
    if (!*going)
      break;
  }
  return std::move(batch).take();
}

tl::expected<EventBatch, UnreadableEvent> read_stream_events(const EventLog& log, const AccountId& stream,
                                                             std::uint64_t after_version, std::size_t events_max) {
  Batch batch({}, {});
  const auto going = batch.add(log.read_stream(stream, after_version, events_max));
  if (!going)
    return tl::unexpected(going.error());
  return std::move(batch).take();
}

}  // namespace gatehouse
