// The rows of a space of an UndoTable as they were after the event at a position, at which the table must have arrived. A row costs two reads by
// key whatever happened since; a scan also passes over every row that began or ended elsewhere in time.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "table/table.hpp"
#include "table/undo_table.hpp"

namespace gatehouse {

class RowCursor;

class PastView final : public TableReader {
 public:
  // `rows` hold still as long as the view lives.
  PastView(std::shared_ptr<const TableReader> rows, char space, std::uint64_t position)
      : rows_(std::move(rows)), space_(space), position_(position) {}

  [[nodiscard]] std::uint64_t position() const { return position_; }

  using TableReader::scan;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return placed(key).value; }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;

  // The row, and the event that had left it so; position 0 where there was no row.
  [[nodiscard]] PlacedRow placed(std::string_view key) const;

  // Answers false to stop. `before` is what the event at `position` found.
  using ChangeVisitor = std::function<bool(std::uint64_t position, const PlacedRow& before)>;
  // Visits the changes of a row by the events after `after` up to `through`, which is not beyond the view's position; ascending.
  void changes(std::string_view key, std::uint64_t after, std::uint64_t through, const ChangeVisitor& visit) const;

 private:
  // Goes on to the next key. Answers the row before the first later event that changed this one, if there was such an event.
  [[nodiscard]] std::optional<PlacedRow> take_undo(RowCursor& undo, const std::string& suffix) const;

  std::shared_ptr<const TableReader> rows_;
  char space_;
  std::uint64_t position_;
};

}  // namespace gatehouse
