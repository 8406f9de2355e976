// Events out of the log, decoded: the one way in which everything that folds gets them.
#pragma once
#include <tl/expected.hpp>
#include <vector>

#include "events/frame.hpp"
#include "replay/fold_failure.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

struct EventBatch {
  std::vector<RecordedEvent> events;  // ascending and without gaps
  Position next;                      // pass as `after` to go on
  bool at_end{};
  std::size_t longest_frame{};  // in bytes, of what was read
};

// Stored bytes that are no event. Nothing can be folded beyond it.
struct UnreadableEvent {
  Position position;
  FrameError error{};
};
[[nodiscard]] FoldFailure failure_of(const UnreadableEvent& unreadable);

// What stands before an unreadable event is handed out first; the error comes when it is the next one. `former` is a batch that is not needed
// any more: whoever reads the whole log has its memory used again.
[[nodiscard]] tl::expected<EventBatch, UnreadableEvent> read_events(const EventLog& log, Position after,
                                                                    std::size_t events_max, EventBatch&& former = {});
// As EventLog::read_stream.
[[nodiscard]] tl::expected<EventBatch, UnreadableEvent>
read_stream_events(const EventLog& log, const AccountId& stream, std::uint64_t after_version, std::size_t events_max);

}  // namespace gatehouse
