// The events of one stream that a feed tells, page by page from any place on, with the filters of the history. Long stretches that a filter passes over are skipped by
// the audit projection; near the end the events themselves are looked at, so that nothing waits for a projection. One thread at a time.
#pragma once
#include <cstdint>
#include <optional>
#include <tl/expected.hpp>
#include <vector>

#include "replay/history.hpp"

namespace gatehouse::api {

struct FeedQuery {
  AccountId stream;
  AuditFilter filter{};
  std::optional<Timestamp> from{};  // recorded then or later
  std::optional<Timestamp> to{};    // recorded before
  Position after{};
  std::uint64_t limit = UINT64_MAX;
};

class FeedSource {
 public:
  // `log` outlives the source.
  FeedSource(const EventLog& log, FeedQuery query);

  // Every event is wanted, and that without end.
  [[nodiscard]] bool is_plain() const;
  // Of a plain one: looked at up to there.
  void pass(std::uint64_t version) { version_ = version; }
  // What follows, up to the stream's version `head`; the events of it that are wanted.
  [[nodiscard]] std::vector<RecordedEvent> next(std::uint64_t head, const AuditRows& audit);

  [[nodiscard]] std::uint64_t version() const { return version_; }  // up to which the stream was looked at
  // Whether the feed ends at a time.
  [[nodiscard]] std::optional<Timestamp> end() const { return query_.to; }
  // `time_is_over`: nothing will be recorded before the feed's end any more. Up to which version of a stream that is at `head` there may be something to tell.
  [[nodiscard]] std::uint64_t last_version(std::uint64_t head, bool time_is_over) const;
  // Nothing more is wanted, whatever happens after that version.
  [[nodiscard]] bool is_over(std::uint64_t last, bool time_is_over) const;

 private:
  [[nodiscard]] std::vector<RecordedEvent> scan(std::uint64_t head);
  [[nodiscard]] bool is_wanted(const RecordedEvent& event) const;

  const EventLog* log_;
  FeedQuery query_;
  std::uint64_t version_{};
  std::uint64_t told_{};
};

}  // namespace gatehouse::api
