#include <utility>

#include "store/rocks_event_log.hpp"
#include "store/rocks_reader.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t long_page_events = 1'000;

template <class T>
T required(std::optional<T> row, std::string_view what) {
  if (!row)
    stop_on_unreadable(what, "a row cannot be decoded");
  return std::move(*row);
}

std::string frame_of(std::string_view value) { return std::string(required(stored::read_log_row(value), "log").frame); }

}  // namespace

std::shared_ptr<const RocksEventLog::Published> RocksEventLog::published() const {
  const std::lock_guard lock(published_mutex_);
  return published_;
}

LogMark RocksEventLog::mark() const { return published()->head.mark; }

Position RocksEventLog::head() const { return published()->head.mark.position; }

std::shared_ptr<const StateSnapshot> RocksEventLog::state() const { return published()->state; }

std::optional<CommandRecord> RocksEventLog::find_command(const Uuid& command_id) const {
  const auto now = published();
  const auto value = now->commands->get(stored::command_key(command_id));
  if (!value)
    return std::nullopt;
  auto record = required(stored::read_command(*value), "commands");
  if (is_expired(record.recorded_at, now->head.log_time))
    return std::nullopt;
  return record;
}

std::optional<StoredEvent> RocksEventLog::read_at(Position position) const {
  const auto value = published()->log->get(stored::log_key(position));
  if (!value)
    return std::nullopt;
  return StoredEvent{position, frame_of(*value)};
}

EventPage RocksEventLog::read(Position after, std::size_t events_max) const {
  const auto now = published();
  EventPage page{{}, after, true};
  if (after >= now->head.mark.position)
    return page;
  std::size_t bytes = 0;
  now->log->scan_range(stored::log_key({after.value + 1}), {}, events_max >= long_page_events,
                       [&](std::string_view key, std::string_view value) {
                         if (page_is_full(page.events.size(), bytes, events_max)) {
                           page.at_end = false;
                           return false;
                         }
                         const auto position = required(stored::read_log_key(key), "log");
                         if (position.value != page.next.value + 1)
                           stop_on_unreadable("log", "gap at position " + std::to_string(page.next.value + 1));
                         page.events.push_back({position, frame_of(value)});
                         page.next = position;
                         bytes += value.size();
                         return true;
                       });
  return page;
}

EventPage RocksEventLog::read_stream(const AccountId& stream, std::uint64_t after_version,
                                     std::size_t events_max) const {
  const auto now = published();
  EventPage page{{}, {}, true};
  std::size_t bytes = 0;
  const auto visit = [&](std::string_view, std::string_view value) {
    if (page_is_full(page.events.size(), bytes, events_max)) {
      page.at_end = false;
      return false;
    }
    page.next = required(stored::read_position(value), "streams");
    page.events.push_back({page.next, frame_of(required(now->log->get(stored::log_key(page.next)), "log"))});
    bytes += page.events.back().frame.size();
    return true;
  };
  now->streams->scan(stored::stream_versions_prefix(stream), stored::stream_version_key(stream, after_version + 1),
                     visit);
  return page;
}

}  // namespace gatehouse
