#include "replay/fold_table.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

// A row's place in the index, those that the index keeps free, and what the allocator rounds up.
constexpr std::size_t row_overhead_bytes = 120;
constexpr std::size_t order_overhead_bytes = 64;

}  // namespace

std::size_t FoldTable::memory_bytes() const {
  return memory_bytes_ + (order_ ? order_->size() * order_overhead_bytes : 0);
}

std::optional<std::string> FoldTable::get(std::string_view key) const {
  const auto row = rows_.find(key);
  if (row != rows_.end()) return row->second;
  return base_ ? base_->get(key) : std::nullopt;
}

void FoldTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  if (!base_) return scan_changes(prefix, from, visit);
  auto& ordered = order();
  auto change = ordered.lower_bound(std::max(from, prefix));
  bool going = true;
  const auto visit_change = [&] {
    const auto& value = rows_.find(*change)->second;
    if (value) going = visit(*change, *value);
    ++change;
  };
  const auto has_change = [&] { return going && change != ordered.end() && change->starts_with(prefix); };
  base_->scan(prefix, from, [&](std::string_view key, std::string_view value) {
    while (has_change() && *change < key) visit_change();
    if (!going) return false;
    if (change != ordered.end() && *change == key) {
      visit_change();
    } else {
      going = visit(key, value);
    }
    return going;
  });
  while (has_change()) visit_change();
}

void FoldTable::scan_changes(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  auto& ordered = order();
  for (auto key = ordered.lower_bound(std::max(from, prefix)); key != ordered.end() && key->starts_with(prefix); ++key) {
    const auto& value = rows_.find(*key)->second;
    if (value && !visit(*key, *value)) return;
  }
}

void FoldTable::put(std::string_view key, std::string_view value) { set(key, std::string(value)); }

// Without a base, a row that is gone needs no memory but its key's; with one, it hides the base's.
void FoldTable::erase(std::string_view key) {
  if (base_) return set(key, std::nullopt);
  const auto row = rows_.find(key);
  if (row == rows_.end()) return;
  memory_bytes_ -= row_overhead_bytes + row->second->size();
  if (order_) order_->erase(row->first);
  rows_.erase(row);
}

void FoldTable::update(std::string_view key, const std::function<void(std::string& value)>& change) {
  const auto row = rows_.find(key);
  if (row == rows_.end() || !row->second) return Table::update(key, change);
  memory_bytes_ -= row->second->size();
  change(*row->second);
  memory_bytes_ += row->second->size();
}

void FoldTable::set(std::string_view key, Value value) {
  const auto row = rows_.find(key);
  memory_bytes_ += value ? value->size() : 0;
  if (row != rows_.end()) {
    memory_bytes_ -= row->second ? row->second->size() : 0;
    row->second = std::move(value);
    return;
  }
  auto* bytes = static_cast<char*>(keys_.allocate(key.size(), 1));
  std::ranges::copy(key, bytes);
  const std::string_view kept(bytes, key.size());
  rows_.emplace(kept, std::move(value));
  memory_bytes_ += row_overhead_bytes + key.size();
  if (order_) order_->insert(kept);
}

std::set<std::string_view>& FoldTable::order() const {
  if (!order_) {
    order_.emplace();
    for (const auto& [key, value] : sorted()) order_->insert(order_->end(), key);
  }
  return *order_;
}

std::vector<std::pair<std::string_view, const FoldTable::Value*>> FoldTable::sorted() const {
  std::vector<std::pair<std::string_view, const Value*>> rows;
  rows.reserve(rows_.size());
  for (const auto& [key, value] : rows_) rows.emplace_back(key, &value);
  std::ranges::sort(rows, {}, &std::pair<std::string_view, const Value*>::first);
  return rows;
}

void FoldTable::visit_changes(
    const std::function<void(std::string_view key, const std::optional<std::string>& value)>& visit) const {
  for (const auto& [key, value] : sorted()) visit(key, *value);
}

OverlayTable::Changes FoldTable::changes() const {
  OverlayTable::Changes changes;
  for (const auto& [key, value] : sorted()) changes.emplace_hint(changes.end(), key, *value);
  return changes;
}

void FoldTable::rebase(std::shared_ptr<const TableReader> base) {
  base_ = std::move(base);
  order_.reset();
  rows_.clear();
  keys_.release();
  memory_bytes_ = 0;
}

}  // namespace gatehouse
