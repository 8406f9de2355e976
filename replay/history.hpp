// The history of one stream, ascending, with filters and in pages. With a filter the audit projection finds the events; without one they are
// read as they stand. Versions of a stream are dense and in the order of time, so that a position or a moment is found by halving.
#pragma once
#include <cstdint>
#include <optional>
#include <tl/expected.hpp>
#include <vector>

#include "projections/audit.hpp"
#include "replay/event_reader.hpp"
#include "store/event_log.hpp"
#include "table/table.hpp"

namespace gatehouse {

struct HistoryQuery {
  AccountId stream;
  AuditFilter filter{};
  std::optional<Timestamp> from{};           // recorded then or later
  std::optional<Timestamp> to{};             // recorded before
  Position after{};
  std::uint64_t after_version{};             // where the page before ended
  std::uint64_t version_max = UINT64_MAX;    // of the stream: later events are not looked at
  std::size_t events_max = 100;
};

struct HistoryPage {
  std::vector<RecordedEvent> events;
  std::uint64_t scanned_to{};  // pass as `after_version` to go on; a page may be short, even empty, and not the last
  bool at_end{};
};

// The audit projection's rows as of a position; a filtered history goes as far as they do.
struct AuditRows {
  const TableReader& rows;
  Position position;
};

[[nodiscard]] tl::expected<HistoryPage, UnreadableEvent> history_page(const EventLog& log, const AuditRows& audit,
                                                                      const HistoryQuery& query);

}  // namespace gatehouse
