// Where two tables that should hold the same rows differ: the stored one, and the one that the log gives.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "replay/fold_in_parts.hpp"

namespace gatehouse {

struct RowDifference {
  std::string key;
  std::optional<std::string> stored;
  std::optional<std::string> folded;
};

// Visits the differences among the rows of the part, ascending by key; false ends it. Answers how many rows the part has in `stored`.
std::size_t compare_rows(const TableReader& stored, const PartFold& folded, const StreamPart& part,
                         const std::function<bool(const RowDifference&)>& visit);

// For people: which row, and which of its members are not what they should be.
[[nodiscard]] std::string to_text(const Projection& projection, const RowDifference& difference);

}  // namespace gatehouse
