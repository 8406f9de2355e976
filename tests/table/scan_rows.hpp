// Collects what a scan of a table visits.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "table/table.hpp"

namespace gatehouse::testing {

using Rows = std::vector<std::pair<std::string, std::string>>;

// Stops after `rows_max` rows.
inline Rows scan_rows(const TableReader& table, std::string_view prefix, std::string_view from = {},
                      std::size_t rows_max = SIZE_MAX) {
  Rows rows;
  table.scan(prefix, from, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return rows.size() < rows_max;
  });
  return rows;
}

}  // namespace gatehouse::testing
