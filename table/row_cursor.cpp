#include "table/row_cursor.hpp"

#include <algorithm>

namespace gatehouse {

namespace {
constexpr std::size_t chunk_rows_max = 128;
}  // namespace

RowCursor::RowCursor(const TableReader& table, std::string prefix, std::string_view after)
    : table_(&table), prefix_(std::move(prefix)) {
  std::string from;
  if (!after.empty())
    from.append(prefix_).append(after).push_back('\0');
  read_chunk(std::move(from));
}

void RowCursor::next() {
  if (++at_ < chunk_.size() || is_last_)
    return;
  auto from = chunk_.back().first;
  from.push_back('\0');
  rows_max_ = std::min(rows_max_ * 2, chunk_rows_max);
  read_chunk(std::move(from));
}

void RowCursor::seek(std::string_view suffix) {
  const std::string from = prefix_ + std::string(suffix);
  while (!done() && at_ + 1 < chunk_.size() && key() < from)
    ++at_;
  if (done() || key() >= from)
    return;
  if (is_last_) {
    ++at_;
  } else {
    read_chunk(from);
  }
}

// Chunks grow: most queries want few rows, some want many.
void RowCursor::read_chunk(std::string from) {
  chunk_.clear();
  at_ = 0;
  is_last_ = true;
  table_->scan(prefix_, from, [&](std::string_view key, std::string_view value) {
    if (chunk_.size() == rows_max_) {
      is_last_ = false;
      return false;
    }
    chunk_.emplace_back(key, value);
    return true;
  });
}

}  // namespace gatehouse
