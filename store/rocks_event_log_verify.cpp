#include <unordered_map>
#include <utility>

#include "store/rocks_event_log.hpp"
#include "store/rocks_log_check.hpp"
#include "store/rocks_projection_table.hpp"
#include "store/rocks_reader.hpp"
#include "store/scrub.hpp"

namespace gatehouse {

namespace {

constexpr std::uint64_t progress_every_events = 1U << 14;

OpenError broken_index(Position position, std::string detail) {
  return {OpenErrorKind::index_broken, position, std::move(detail)};
}

// Holds every event against the index in `streams`, and that against the events. What it knows of streams it forgets when they are too many, and reads it from the index
// again: rows there that belong to no event are found by their number in the end.
class StreamCheck {
 public:
  StreamCheck(const RocksReader& index, std::size_t streams_held_max)
      : index_(index), streams_held_max_(streams_held_max) {}

  [[nodiscard]] std::size_t streams() const { return streams_; }

  [[nodiscard]] std::optional<OpenError> add(const Envelope& event, Position position) {
    auto found = held_.find(event.account_id.value);
    if (found == held_.end()) {
      if (held_.size() >= streams_held_max_)
        held_.clear();
      found = held_.emplace(event.account_id.value, stored_before(event, position)).first;
    }
    auto& stream = found->second;
    if (event.account_version != ++stream.version) {
      return OpenError{OpenErrorKind::gap, position,
                       "version " + std::to_string(stream.version) + " of " + event.account_id.value + " is missing"};
    }
    if (indexed(event.account_id, stream.version) != position)
      return broken_index(position, "the event is not in it");
    ++events_;
    return check_head(event, position, stream.head);
  }

  // What the index has beyond the events.
  [[nodiscard]] std::optional<OpenError> finish() const {
    std::uint64_t rows = 0;
    index_.scan_range({}, {}, true, [&](std::string_view, std::string_view) {
      ++rows;
      return true;
    });
    if (rows != events_ + streams_)
      return broken_index({}, "it has rows of no event");
    return std::nullopt;
  }

 private:
  struct Stream {
    std::uint64_t version{};  // of the last event that was seen
    std::optional<StreamHead> head;
  };

  [[nodiscard]] std::optional<Position> indexed(const AccountId& stream, std::uint64_t version) const {
    const auto value = index_.get(stored::stream_version_key(stream, version));
    return value ? stored::read_position(*value) : std::nullopt;
  }

  // Of a stream that is new, or forgotten: then the version before was there, and earlier.
  [[nodiscard]] Stream stored_before(const Envelope& event, Position position) const {
    Stream stream;
    if (const auto value = index_.get(stored::stream_head_key(event.account_id)))
      stream.head = stored::read_stream_head(*value);
    if (event.account_version > 1) {
      const auto before = indexed(event.account_id, event.account_version - 1);
      stream.version = event.account_version - (before && *before < position ? 1 : 2);
    }
    return stream;
  }

  // It is that of one event, the last one.
  [[nodiscard]] std::optional<OpenError> check_head(const Envelope& event, Position position,
                                                    const std::optional<StreamHead>& head) {
    if (head && event.account_version < head->version)
      return std::nullopt;
    if (!head || head->version != event.account_version || head->position != position ||
        head->recorded_at != event.recorded_at)
      return broken_index(position, "the head of " + event.account_id.value + " is another");
    ++streams_;
    return std::nullopt;
  }

  const RocksReader& index_;
  std::size_t streams_held_max_;
  std::unordered_map<std::string, Stream> held_;
  std::uint64_t events_{};
  std::uint64_t streams_{};  // whose heads were found right
};

}  // namespace

Scrub RocksEventLog::begin_scrub(std::vector<ScrubFile> others) const {
  return {database_, published()->head, std::move(others)};
}

tl::expected<VerifiedLog, OpenError>
RocksEventLog::verify_chain(const std::function<void(Position done, Position head)>& progress,
                            std::size_t streams_held_max) const {
  const auto now = published();
  const auto end = now->head.mark;
  StreamCheck streams(*now->streams, streams_held_max);
  const auto check = [&](const FrameView& event, const LogMark& mark) -> std::optional<OpenError> {
    if (progress && mark.position.value % progress_every_events == 0)
      progress(mark.position, end.position);
    return streams.add(event.envelope, mark.position);
  };
  if (auto error = walk_log(*database_, now->snapshot->get(), LogMark{}, end, check))
    return tl::unexpected(*error);
  if (auto error = streams.finish())
    return tl::unexpected(*error);
  if (progress)
    progress(end.position, end.position);
  return VerifiedLog{.events = end.position.value, .streams = streams.streams(), .head = end};
}

}  // namespace gatehouse
