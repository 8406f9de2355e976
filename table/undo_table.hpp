// A table that can be read as it was: while an event is folded into it, what each row was before goes beside the rows. PastView reads them.
//
// Several tables share one, each in a space of its own, named by a letter:
//
//   row   space key                -> value            as it is now
//   undo  ~ space key position:8   -> 0x00             there was no row before the event at this position (big-endian)
//                                  -> 0x01 value       or it was this
//
// No key of a space may be the beginning of another one: then undo rows stand in the order of their keys.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "table/table.hpp"

namespace gatehouse {

namespace undo_rows {

inline constexpr char tag = '~';
inline constexpr std::size_t position_bytes = 8;

[[nodiscard]] std::string prefix(char space, std::string_view key);
// What stands behind the key.
[[nodiscard]] std::string position_suffix(std::uint64_t position);
[[nodiscard]] std::string pack(const std::optional<std::string>& before);
[[nodiscard]] std::optional<std::string> unpack(std::string_view value);

}  // namespace undo_rows

// The rows of one space, for the fold of the one event at `position`. A fold that fails half way leaves undo rows behind, as it leaves rows.
class UndoTable final : public Table {
 public:
  // `rows` must outlive it.
  UndoTable(Table& rows, char space, std::uint64_t position) : rows_(&rows), space_(space), position_(position) {}

  using TableReader::scan;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;
  void put(std::string_view key, std::string_view value) override;
  void erase(std::string_view key) override;

 private:
  struct Known {
    std::optional<std::string> value;  // as it is now
    bool undo_kept{};
  };

  [[nodiscard]] std::string row_key(std::string_view key) const;
  [[nodiscard]] Known& known(std::string_view key) const;
  // Whether the row becomes another one.
  [[nodiscard]] bool change(std::string_view key, std::optional<std::string> value);

  Table* rows_;
  char space_;
  std::uint64_t position_;
  mutable std::map<std::string, Known, std::less<>> known_;  // what the event's fold has looked at
};

}  // namespace gatehouse
