// The rows of a fold in the making, in memory over a base that may be empty: made for millions of changes that are written once at the end, in
// order. Reading by key is a hash look-up. Rows are put in order where a scan looks first, by the two bytes that keys begin with: folds that
// never scan do not pay for it, and others for the kinds of rows that they scan.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "replay/fold_rows.hpp"
#include "table/table.hpp"

namespace gatehouse {

class FoldTable final : public Table {
 public:
  explicit FoldTable(std::shared_ptr<const TableReader> base = nullptr) : base_(std::move(base)) {}
  FoldTable(const FoldTable&) = delete;
  FoldTable& operator=(const FoldTable&) = delete;

  using TableReader::scan;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;
  void put(std::string_view key, std::string_view value) override;
  void put_unread(std::string_view key, std::string_view value) override { rows_.add_unread(key, value); }
  void erase(std::string_view key) override;
  void update(std::string_view key, const std::function<void(std::string& value)>& change) override;

  // There are going to be `times` as many changes, roughly, unless `memory_bytes_max` comes first.
  void make_room(double times, std::size_t memory_bytes_max) {
    rows_.make_room(times, memory_bytes_max / change_bytes_expected);
  }

  // Roughly what the changes occupy.
  [[nodiscard]] std::size_t memory_bytes() const { return rows_.memory_bytes() + ordered_bytes_; }
  [[nodiscard]] bool has_base() const { return base_ != nullptr; }

  // Every change, ascending; an erased key has no value.
  void
  visit_changes(const std::function<void(std::string_view key, std::optional<std::string_view> value)>& visit) const;
  // Forgets the changes, which the base has taken in.
  void rebase(std::shared_ptr<const TableReader> base);

 private:
  struct ByKey {
    using is_transparent = void;
    static std::string_view key_of(std::string_view key) { return key; }
    static std::string_view key_of(const FoldRow* row) { return row->key(); }
    bool operator()(const auto& one, const auto& other) const { return key_of(one) < key_of(other); }
  };
  static constexpr std::size_t change_bytes_expected = 128;
  using Order = std::set<const FoldRow*, ByKey>;
  // By the two bytes that keys begin with; ordered from the first scan on.
  using Parts = std::map<std::uint16_t, std::optional<Order>>;
  class OrderedChanges;

  void set(const FoldRows::Spot& spot, std::string_view key, FoldRows::Value value);
  void put_in_order(Order& order, const FoldRow* row) const;
  [[nodiscard]] const Order& order_of(Parts::value_type& part) const;

  std::shared_ptr<const TableReader> base_;
  FoldRows rows_;
  mutable Parts parts_;
  mutable std::size_t ordered_bytes_{};
  std::string updated_;
};

}  // namespace gatehouse
