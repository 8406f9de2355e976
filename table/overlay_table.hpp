// Uncommitted changes on top of a table that stays as it is. Decisions of one commit group are made on overlays: one for
// the group, one for the command being tried; a refused command's overlay is dropped, an accepted one is merged down.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "table/table.hpp"

namespace gatehouse {

class OverlayTable final : public Table {
 public:
  // A change to one key: a new value, or nothing for an erased key.
  using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;

  // `base` must outlive the overlay and must not change beneath it while a scan runs.
  explicit OverlayTable(const TableReader& base) : base_(&base) {}
  // An overlay on an overlay: naming the constructor would make a copy.
  [[nodiscard]] static OverlayTable on(const TableReader& base) { return OverlayTable(base); }
  OverlayTable(const OverlayTable&) = delete;
  OverlayTable& operator=(const OverlayTable&) = delete;
  OverlayTable(OverlayTable&&) = default;
  OverlayTable& operator=(OverlayTable&&) = default;

  using TableReader::scan;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;
  void put(std::string_view key, std::string_view value) override;
  void erase(std::string_view key) override;

  [[nodiscard]] const Changes& changes() const { return changes_; }
  void merge_into(Table& target) const;
  void clear() { changes_.clear(); }

 private:
  const TableReader* base_;
  Changes changes_;
};

}  // namespace gatehouse
