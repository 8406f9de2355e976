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

// Counts the versions of every stream and holds the index in `streams` against them.
class StreamCheck {
 public:
  explicit StreamCheck(const RocksReader& index) : index_(index) {}

  [[nodiscard]] std::size_t streams() const { return heads_.size(); }

  [[nodiscard]] std::optional<OpenError> add(const Envelope& event, Position position) {
    auto& head = heads_[event.account_id.value];
    if (event.account_version != ++head.version) {
      return OpenError{OpenErrorKind::gap, position,
                       "version " + std::to_string(head.version) + " of " + event.account_id.value + " is missing"};
    }
    head.position = position;
    head.recorded_at = event.recorded_at;
    const auto indexed = index_.get(stored::stream_version_key(event.account_id, head.version));
    if (!indexed || stored::read_position(*indexed) != position)
      return broken_index(position, "the event is not in it");
    ++events_;
    return std::nullopt;
  }

  // What the index has beyond the events.
  [[nodiscard]] std::optional<OpenError> finish() const {
    std::uint64_t rows = 0;
    index_.scan_range({}, {}, true, [&](std::string_view, std::string_view) {
      ++rows;
      return true;
    });
    if (rows != events_ + heads_.size())
      return broken_index({}, "it has rows of no event");
    for (const auto& [stream, head] : heads_) {
      const auto value = index_.get(stored::stream_head_key(AccountId(stream)));
      const auto stored_head = value ? stored::read_stream_head(*value) : std::nullopt;
      const bool agrees = stored_head && stored_head->version == head.version &&
                          stored_head->position == head.position && stored_head->recorded_at == head.recorded_at;
      if (!agrees)
        return broken_index(head.position, "the head of " + stream + " is another");
    }
    return std::nullopt;
  }

 private:
  const RocksReader& index_;
  std::unordered_map<std::string, StreamHead> heads_;
  std::uint64_t events_{};
};

}  // namespace

Scrub RocksEventLog::begin_scrub(std::vector<ScrubFile> others) const {
  return {database_, published()->head, std::move(others)};
}

tl::expected<VerifiedLog, OpenError>
RocksEventLog::verify_chain(const std::function<void(Position done, Position head)>& progress) const {
  const auto now = published();
  const auto end = now->head.mark;
  StreamCheck streams(*now->streams);
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
