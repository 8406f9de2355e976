// A table that can be read as it was: while an event is folded into it, what each row was before goes beside the rows. PastView reads them.
//
// Several tables share one, each in a space of its own, named by a letter:
//
//   row   space key                -> position:8 value          as the event at this position left it (numbers are big-endian)
//   undo  ~ space key position:8   -> position:8 0x01 value     what the event at the key's position found, and which event had left that
//                                  -> position:8 0x00           it found no row; the position is 0
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

// A row and the event that left it so; without a value there is none.
struct PlacedRow {
  std::uint64_t position{};
  std::optional<std::string> value;
};

namespace undo_rows {

inline constexpr char tag = '~';
inline constexpr std::size_t position_bytes = 8;

[[nodiscard]] std::string prefix(char space, std::string_view key);
[[nodiscard]] std::string position_text(std::uint64_t position);
// Of what begins with one.
[[nodiscard]] std::uint64_t read_position(std::string_view text);
[[nodiscard]] PlacedRow unpack_undo(std::string_view value);
// Of a row that is there.
[[nodiscard]] PlacedRow unpack_row(std::string_view value);

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
    std::optional<std::string> stored;  // as it is now, with its position
    bool undo_kept{};
    [[nodiscard]] std::optional<std::string_view> value() const;
  };

  [[nodiscard]] std::string row_key(std::string_view key) const;
  [[nodiscard]] Known& known(std::string_view key) const;
  void change(std::string_view key, std::optional<std::string_view> value);

  Table* rows_;
  char space_;
  std::uint64_t position_;
  mutable std::map<std::string, Known, std::less<>> known_;  // what the event's fold has looked at
};

}  // namespace gatehouse
