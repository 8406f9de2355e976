// Uncommitted changes on top of a table that stays as it is. Decisions of one commit group are made on overlays: one for
// the group, one for the command being tried; a refused command's overlay is dropped, an accepted one is merged down.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

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
  [[nodiscard]] Changes take_changes() {
    changed_ = {};
    return std::exchange(changes_, {});
  }
  void clear() { (void)take_changes(); }
  // On another base from now on, which has the same rows wherever this has no change.
  void rest_on(const TableReader& base) { base_ = &base; }

 private:
  // Of the keys of the changes: most keys that are asked for have none, which costs less to see here than in their order.
  class KeyFilter {
   public:
    void add(std::string_view key) { word_of(hash(key)) |= bit_of(hash(key)); }
    [[nodiscard]] bool may_have(std::string_view key) const {
      return (words_[hash(key) / 64 % words_.size()] & bit_of(hash(key))) != 0;
    }

   private:
    static std::size_t hash(std::string_view key) { return std::hash<std::string_view>{}(key); }
    static std::uint64_t bit_of(std::size_t hash) { return std::uint64_t{1} << hash % 64; }
    std::uint64_t& word_of(std::size_t hash) { return words_[hash / 64 % words_.size()]; }

    std::array<std::uint64_t, 64> words_{};
  };

  const TableReader* base_;
  Changes changes_;
  KeyFilter changed_;
};

}  // namespace gatehouse
