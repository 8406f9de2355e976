#include "api/feed/feed_source.hpp"

#include <algorithm>

#include "api/feed/feed_pages.hpp"
#include "replay/event_reader.hpp"
#include "replay/stream_places.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

constexpr std::uint64_t skipped_by_index = 1'000;  // events ahead, from which on the index is worth its rows

}  // namespace

FeedSource::FeedSource(const EventLog& log, FeedQuery query) : log_(&log), query_(std::move(query)) {
  version_ = version_at(log, query_.stream, query_.after);
  if (!query_.from)
    return;
  version_ = std::max(version_, version_before(log, query_.stream, *query_.from));
  // Time does not go back within a stream: once it has come, it is no filter any more.
  if (log.stream_head(query_.stream).value_or(StreamHead{}).recorded_at >= *query_.from)
    query_.from.reset();
}

bool FeedSource::is_plain() const {
  return query_.filter.matches_all() && !query_.from && !query_.to && query_.limit == UINT64_MAX;
}

std::uint64_t FeedSource::last_version(std::uint64_t head, bool time_is_over) const {
  return time_is_over && query_.to ? std::min(head, version_before(*log_, query_.stream, *query_.to)) : head;
}

bool FeedSource::is_over(std::uint64_t last, bool time_is_over) const {
  return told_ >= query_.limit || (time_is_over && version_ >= last);
}

bool FeedSource::is_wanted(const RecordedEvent& event) const {
  const auto at = event.envelope.recorded_at;
  if ((query_.from && at < *query_.from) || (query_.to && at >= *query_.to))
    return false;
  return query_.filter.matches_all() || matches(query_.filter, event);
}

std::vector<RecordedEvent> FeedSource::next(std::uint64_t head, const AuditRows& audit) {
  std::vector<RecordedEvent> events;
  const auto before = version_;
  if (!query_.filter.matches_all() && head - version_ > skipped_by_index) {
    auto page = history_page(*log_, audit,
                             {.stream = query_.stream,
                              .filter = query_.filter,
                              .from = query_.from,
                              .to = query_.to,
                              .after_version = version_,
                              .version_max = head,
                              .events_max = feed_page_events});
    GATEHOUSE_ASSERT(page.has_value());
    version_ = std::max(version_, page->scanned_to);
    events = std::move(page->events);
  }
  if (version_ == before)
    events = scan(head);
  if (events.size() > query_.limit - told_) {
    events.resize(query_.limit - told_);
    version_ = events.back().envelope.account_version;
  }
  told_ += events.size();
  return events;
}

std::vector<RecordedEvent> FeedSource::scan(std::uint64_t head) {
  if (version_ >= head)
    return {};
  auto batch = read_stream_events(*log_, query_.stream, version_, std::min(feed_page_events, head - version_));
  GATEHOUSE_ASSERT(batch.has_value() && !batch->events.empty());
  version_ = batch->events.back().envelope.account_version;
  std::erase_if(batch->events, [this](const RecordedEvent& event) { return !is_wanted(event); });
  return std::move(batch->events);
}

}  // namespace gatehouse::api
