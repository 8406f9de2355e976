#include "table/memory_table.hpp"

namespace gatehouse {

std::optional<std::string> MemoryTable::get(std::string_view key) const {
  const auto row = rows_.find(key);
  if (row == rows_.end())
    return std::nullopt;
  return row->second;
}

void MemoryTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  for (auto row = rows_.lower_bound(from > prefix ? from : prefix); row != rows_.end(); ++row) {
    if (!row->first.starts_with(prefix) || !visit(row->first, row->second))
      return;
  }
}

void MemoryTable::put(std::string_view key, std::string_view value) {
  rows_.insert_or_assign(std::string(key), std::string(value));
}

void MemoryTable::erase(std::string_view key) {
  const auto row = rows_.find(key);
  if (row != rows_.end())
    rows_.erase(row);
}

}  // namespace gatehouse
