#include "replay/fold_table.hpp"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t order_overhead_bytes = 64;

std::uint16_t part_of(std::string_view key) {
  const auto byte = [key](std::size_t at) { return at < key.size() ? static_cast<unsigned char>(key[at]) : 0U; };
  return static_cast<std::uint16_t>(byte(0) << 8U | byte(1));
}

// The last part that keys with the prefix may be in; the first one is that of the prefix.
std::uint16_t last_part_of(std::string_view prefix) {
  const auto unknown_bits = prefix.size() >= 2 ? 0U : 16U - 8U * static_cast<unsigned>(prefix.size());
  return static_cast<std::uint16_t>(part_of(prefix) | ((1U << unknown_bits) - 1U));
}

}  // namespace

// The changes of a scan, ascending. Nothing may be changed meanwhile.
class FoldTable::OrderedChanges {
 public:
  OrderedChanges(const FoldTable& table, std::string_view prefix, std::string_view from)
      : table_(table), prefix_(prefix), from_(std::max(from, prefix)),
        next_part_(table.parts_.lower_bound(part_of(prefix))), end_(table.parts_.upper_bound(last_part_of(prefix))) {
    find_next();
  }

  // Null at the end.
  [[nodiscard]] const FoldRow* row() const { return row_; }
  void next() {
    ++place_;
    find_next();
  }

 private:
  void find_next() {
    while (order_ == nullptr || place_ == order_->end()) {
      if (next_part_ == end_) {
        row_ = nullptr;
        return;
      }
      order_ = &table_.order_of(*next_part_++);
      place_ = order_->lower_bound(from_);
    }
    row_ = (*place_)->key().starts_with(prefix_) ? *place_ : nullptr;
  }

  const FoldTable& table_;
  std::string_view prefix_, from_;
  Parts::iterator next_part_, end_;
  const Order* order_{};
  Order::const_iterator place_;
  const FoldRow* row_{};
};

std::optional<std::string> FoldTable::get(std::string_view key) const {
  if (const auto* row = rows_.find(key).row()) {
    const auto value = row->value();
    return value ? std::optional<std::string>(*value) : std::nullopt;
  }
  return base_ ? base_->get(key) : std::nullopt;
}

void FoldTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  OrderedChanges changes(*this, prefix, from);
  bool going = true;
  const auto visit_change = [&] {
    const auto* row = changes.row();
    if (const auto value = row->value())
      going = visit(row->key(), *value);
    changes.next();
  };
  const auto visit_base = [&](std::string_view key, std::string_view value) {
    while (going && changes.row() != nullptr && changes.row()->key() < key)
      visit_change();
    if (!going)
      return false;
    if (changes.row() != nullptr && changes.row()->key() == key)
      visit_change();
    else
      going = visit(key, value);
    return going;
  };
  if (base_)
    base_->scan(prefix, from, visit_base);
  while (going && changes.row() != nullptr)
    visit_change();
}

void FoldTable::put(std::string_view key, std::string_view value) { set(rows_.find(key), key, value); }

// Without a base, a row that is gone needs no memory; with one, it hides the base's.
void FoldTable::erase(std::string_view key) {
  const auto spot = rows_.find(key);
  if (base_)
    return set(spot, key, std::nullopt);
  if (spot.row() == nullptr)
    return;
  if (auto& order = parts_.at(part_of(key)))
    order->erase(spot.row());
  rows_.forget(spot, key);
}

void FoldTable::update(std::string_view key, const std::function<void(std::string& value)>& change) {
  const auto spot = rows_.find(key);
  if (spot.row() == nullptr && base_)
    updated_ = base_->get(key).value_or(std::string());
  else
    updated_.assign(spot.row() != nullptr ? spot.row()->value().value_or(std::string_view()) : std::string_view());
  change(updated_);
  set(spot, key, updated_);
}

void FoldTable::set(const FoldRows::Spot& spot, std::string_view key, FoldRows::Value value) {
  const auto* row = rows_.set(spot, key, value);
  if (spot.row() != nullptr)
    return;
  if (auto& order = parts_[part_of(key)])
    put_in_order(*order, row);
}

void FoldTable::put_in_order(Order& order, const FoldRow* row) const {
  order.insert(row);
  ordered_bytes_ += order_overhead_bytes;
}

const FoldTable::Order& FoldTable::order_of(Parts::value_type& part) const {
  auto& [begin, order] = part;
  if (!order) {
    order.emplace();
    rows_.visit_found([&](const FoldRow* row) {
      if (part_of(row->key()) == begin)
        put_in_order(*order, row);
    });
  }
  return *order;
}

void FoldTable::visit_changes(
    const std::function<void(std::string_view key, std::optional<std::string_view> value)>& visit) const {
  for (const auto& [bytes, row] : rows_.sorted())
    visit(row->key(), row->value());
}

void FoldTable::rebase(std::shared_ptr<const TableReader> base) {
  base_ = std::move(base);
  parts_.clear();
  rows_.clear();
  ordered_bytes_ = 0;
}

}  // namespace gatehouse
