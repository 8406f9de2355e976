// Where two tables that should hold the same rows differ: the stored one, and the one that the log gives.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "projections/projection.hpp"
#include "table/table.hpp"

namespace gatehouse {

struct RowDifference {
  std::string key;
  std::optional<std::string> stored;
  std::optional<std::string> folded;
};

// Visits the differences, ascending by key, until it answers false. Answers how many rows `stored` has.
std::size_t compare_rows(const TableReader& stored, const TableReader& folded,
                         const std::function<bool(const RowDifference&)>& visit);

// For people: which row, and which of its members are not what they should be.
[[nodiscard]] std::string to_text(const Projection& projection, const RowDifference& difference);

}  // namespace gatehouse
