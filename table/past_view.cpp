#include "table/past_view.hpp"

#include <limits>

#include "table/assert.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse {

namespace {

// The part of an undo row's key that names the row, below the cursor's prefix.
std::string_view row_suffix(const RowCursor& undo) {
  const auto suffix = undo.suffix();
  return suffix.substr(0, suffix.size() - undo_rows::position_bytes);
}

}  // namespace

PlacedRow PastView::placed(std::string_view key) const {
  const auto prefix = undo_rows::prefix(space_, key);
  std::optional<PlacedRow> before;
  rows_->scan(prefix, prefix + undo_rows::position_text(position_ + 1),
              [&](std::string_view found, std::string_view value) {
                if (found.size() == prefix.size() + undo_rows::position_bytes)
                  before = undo_rows::unpack_undo(value);
                return false;
              });
  if (before)
    return std::move(*before);
  const auto row = rows_->get(std::string(1, space_).append(key));
  return row ? undo_rows::unpack_row(*row) : PlacedRow{};
}

void PastView::changes(std::string_view key, std::uint64_t after, std::uint64_t through,
                       const ChangeVisitor& visit) const {
  GATEHOUSE_ASSERT(through <= position_);
  const auto prefix = undo_rows::prefix(space_, key);
  rows_->scan(prefix, prefix + undo_rows::position_text(after + 1),
              [&](std::string_view found, std::string_view value) {
                if (found.size() != prefix.size() + undo_rows::position_bytes)
                  return false;
                const auto position = undo_rows::read_position(found.substr(prefix.size()));
                return position <= through && visit(position, undo_rows::unpack_undo(value));
              });
}

void PastView::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  if (from > prefix && !from.starts_with(prefix))
    return;
  const auto first = from > prefix ? from.substr(prefix.size()) : std::string_view();
  RowCursor live(*rows_, std::string(1, space_).append(prefix), {});
  RowCursor undo(*rows_, undo_rows::prefix(space_, prefix), {});
  live.seek(first);
  undo.seek(first);
  while (!live.done() || !undo.done()) {
    const bool undone = !undo.done() && (live.done() || row_suffix(undo) <= live.suffix());
    const std::string suffix(undone ? row_suffix(undo) : live.suffix());
    auto row = undone ? take_undo(undo, suffix) : std::nullopt;
    if (!live.done() && live.suffix() == suffix) {
      if (!row)
        row = undo_rows::unpack_row(live.value());
      live.next();
    }
    if (row && row->value && suffix >= first && !visit(std::string(prefix).append(suffix), *row->value))
      return;
  }
}

std::optional<PlacedRow> PastView::take_undo(RowCursor& undo, const std::string& suffix) const {
  undo.seek(suffix + undo_rows::position_text(position_ + 1));
  std::optional<PlacedRow> before;
  if (!undo.done() && row_suffix(undo) == suffix)
    before = undo_rows::unpack_undo(undo.value());
  undo.seek(suffix + undo_rows::position_text(std::numeric_limits<std::uint64_t>::max()));
  return before;
}

}  // namespace gatehouse
