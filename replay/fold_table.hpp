// The rows of a fold in the making, in memory over a base that may be empty: made for millions of changes that are written once at the end, in
// order. Reading by key is a hash look-up; an ordered index exists from the first scan on, so that folds which never scan do not pay for it.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "table/overlay_table.hpp"
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
  void erase(std::string_view key) override;
  void update(std::string_view key, const std::function<void(std::string& value)>& change) override;

  // Roughly what the changes occupy.
  [[nodiscard]] std::size_t memory_bytes() const;
  [[nodiscard]] bool has_base() const { return base_ != nullptr; }

  // Every change, ascending; an erased key has no value.
  void visit_changes(const std::function<void(std::string_view key, const std::optional<std::string>& value)>& visit) const;
  [[nodiscard]] OverlayTable::Changes changes() const;
  // Forgets the changes, which the base has taken in.
  void rebase(std::shared_ptr<const TableReader> base);

 private:
  using Value = std::optional<std::string>;  // none: erased, over a base
  using Rows = boost::unordered_flat_map<std::string_view, Value>;

  void set(std::string_view key, Value value);
  void scan_changes(std::string_view prefix, std::string_view from, const Visitor& visit) const;
  [[nodiscard]] std::set<std::string_view>& order() const;
  [[nodiscard]] std::vector<std::pair<std::string_view, const Value*>> sorted() const;

  std::shared_ptr<const TableReader> base_;
  std::pmr::monotonic_buffer_resource keys_;  // the bytes of every key; those of erased rows stay until rebase
  Rows rows_;
  mutable std::optional<std::set<std::string_view>> order_;  // of the keys in rows_
  std::size_t memory_bytes_{};
};

}  // namespace gatehouse
