#include "replay/history.hpp"

#include <algorithm>
#include <utility>

#include "table/assert.hpp"

namespace gatehouse {

namespace {

class History {
 public:
  History(const EventLog& log, const HistoryQuery& query) : log_(log), query_(query) {
    head_ = log_.stream_head(query_.stream).value_or(StreamHead{});
    versions_ = std::min(head_.version, query_.version_max);
  }

  tl::expected<HistoryPage, UnreadableEvent> plain() {
    const auto [after, to] = bounds();
    if (error_) return tl::unexpected(*error_);
    if (after >= to) return page({}, after, to);
    auto batch = read_stream_events(log_, query_.stream, after, std::min<std::uint64_t>(query_.events_max, to - after));
    if (!batch) return tl::unexpected(batch.error());
    const auto scanned_to = batch->events.empty() ? to : batch->events.back().envelope.account_version;
    return page(std::move(batch->events), scanned_to, to);
  }

  tl::expected<HistoryPage, UnreadableEvent> filtered(const AuditRows& audit) {
    if (audit.position < head_.position) {
      versions_ = last_version_where([&](const RecordedEvent& event) { return event.envelope.position <= audit.position; });
    }
    const auto [after, to] = bounds();
    if (error_) return tl::unexpected(*error_);
    if (after >= to) return page({}, after, to);
    const auto found = audit_page(audit.rows, query_.stream, query_.filter, after, to, query_.events_max);
    std::vector<RecordedEvent> events;
    for (const auto version : found.versions) {
      if (auto event = event_at(version)) events.push_back(std::move(*event));
    }
    if (error_) return tl::unexpected(*error_);
    return page(std::move(events), found.scanned_to, to);
  }

 private:
  // The versions (after, to] that the query is about.
  std::pair<std::uint64_t, std::uint64_t> bounds() {
    auto after = query_.after_version;
    if (query_.after != Position{}) {
      after = std::max(after, last_version_where([&](const RecordedEvent& event) {
                         return event.envelope.position <= query_.after;
                       }));
    }
    if (query_.from) {
      after = std::max(after, last_version_where([&](const RecordedEvent& event) {
                         return event.envelope.recorded_at < *query_.from;
                       }));
    }
    const auto to = query_.to ? last_version_where([&](const RecordedEvent& event) {
      return event.envelope.recorded_at < *query_.to;
    })
                              : versions_;
    return {after, to};
  }

  // By halving: `is_before` is true up to some version and false after it. 0 when it is never true.
  template <class IsBefore>
  std::uint64_t last_version_where(const IsBefore& is_before) {
    std::uint64_t last = 0;
    for (auto first_after = versions_ + 1; last + 1 < first_after;) {
      const auto middle = last + (first_after - last) / 2;
      const auto event = event_at(middle);
      if (!event) return last;
      (is_before(*event) ? last : first_after) = middle;
    }
    return last;
  }

  std::optional<RecordedEvent> event_at(std::uint64_t version) {
    auto batch = read_stream_events(log_, query_.stream, version - 1, 1);
    if (!batch) {
      error_ = batch.error();
      return std::nullopt;
    }
    GATEHOUSE_ASSERT(batch->events.size() == 1);
    return std::move(batch->events.front());
  }

  static HistoryPage page(std::vector<RecordedEvent> events, std::uint64_t scanned_to, std::uint64_t to) {
    return {std::move(events), scanned_to, scanned_to >= to};
  }

  const EventLog& log_;
  const HistoryQuery& query_;
  StreamHead head_;
  std::uint64_t versions_{};  // of the stream, as far as this query looks
  std::optional<UnreadableEvent> error_;
};

}  // namespace

tl::expected<HistoryPage, UnreadableEvent> history_page(const EventLog& log, const AuditRows& audit,
                                                        const HistoryQuery& query) {
  History history(log, query);
  return query.filter.matches_all() ? history.plain() : history.filtered(audit);
}

}  // namespace gatehouse
