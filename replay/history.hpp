// The history of one stream, ascending, with filters: what the API and the command line show of it. With a filter the audit projection finds the
// events; without one they are read as they stand.
#pragma once
#include <cstdint>
#include <optional>
#include <tl/expected.hpp>
#include <vector>

#include "projections/audit.hpp"
#include "replay/event_reader.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

struct HistoryQuery {
  AccountId stream;
  AuditFilter filter{};
  std::optional<Timestamp> from{};  // recorded then or later
  std::optional<Timestamp> to{};    // recorded before
  Position after{};
  std::size_t events_max = 100;
};

struct HistoryPage {
  std::vector<RecordedEvent> events;
  Position next;  // pass as `after` to go on; a page may be short, even empty, and not the last
  bool at_end{};
};

// `audit` are the projection's rows; a filtered history goes as far as they do.
[[nodiscard]] tl::expected<HistoryPage, UnreadableEvent> history_page(const EventLog& log,
                                                                      const ProjectionSnapshot& audit,
                                                                      const HistoryQuery& query);

}  // namespace gatehouse
