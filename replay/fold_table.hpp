// The rows of a fold in the making, in memory over a base that may be empty: made for millions of changes that are written once at the end, in
// order. Reading by key is a hash look-up; an ordered index exists from the first scan on, so that folds which never scan do not pay for it.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
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
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Rows = std::unordered_map<std::string, std::optional<std::string>, Hash, std::equal_to<>>;

  void set(std::string_view key, std::optional<std::string> value);
  void scan_changes(std::string_view prefix, std::string_view from, const Visitor& visit) const;
  [[nodiscard]] std::set<std::string_view>& order() const;
  [[nodiscard]] std::vector<const Rows::value_type*> sorted() const;

  std::shared_ptr<const TableReader> base_;
  Rows rows_;
  mutable std::optional<std::set<std::string_view>> order_;  // of the keys in rows_, which do not move
  std::size_t memory_bytes_{};
};

}  // namespace gatehouse
