// What is due, of rows whose key is a prefix, then the moment that was planned, then the rest. A clock that was set back must not keep what it had
// planned waiting for as long as it was wrong: what lies further ahead than anybody plans is due as well.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "events/timestamp.hpp"
#include "table/key.hpp"
#include "table/table.hpp"

namespace gatehouse {

inline constexpr std::chrono::hours planned_ahead_max{7 * 24};

// Until `visit` answers false.
inline void scan_due(const TableReader& rows, const std::string& prefix, Timestamp now,
                     const TableReader::Visitor& visit) {
  const auto now_ms = static_cast<std::uint64_t>(now.unix_ms);
  const auto end_of_plans = now_ms + static_cast<std::uint64_t>(std::chrono::milliseconds(planned_ahead_max).count());
  const auto row_of = [&](std::uint64_t moment) { return prefix + Key('\0').number(moment).take().substr(1); };
  const auto after_now = row_of(now_ms + 1);
  bool goes_on = true;
  rows.scan(prefix, [&](std::string_view key, std::string_view value) {
    return key < after_now && (goes_on = visit(key, value));
  });
  if (goes_on)
    rows.scan(prefix, row_of(end_of_plans), visit);
}

}  // namespace gatehouse
