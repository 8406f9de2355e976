#include "table/undo_table.hpp"

#include "table/assert.hpp"

namespace gatehouse {

namespace undo_rows {

namespace {

constexpr char absent = '\0';
constexpr char present = '\x01';

}  // namespace

std::string prefix(char space, std::string_view key) { return std::string{tag, space}.append(key); }

std::string position_text(std::uint64_t position) {
  std::string bytes(position_bytes, '\0');
  for (auto at = bytes.size(); at-- > 0; position >>= 8)
    bytes[at] = static_cast<char>(position & 0xFF);
  return bytes;
}

std::uint64_t read_position(std::string_view text) {
  GATEHOUSE_ASSERT(text.size() >= position_bytes);
  std::uint64_t position = 0;
  for (const char byte : text.substr(0, position_bytes))
    position = position << 8 | static_cast<unsigned char>(byte);
  return position;
}

std::string pack_undo(const PlacedRow& row) {
  auto packed = position_text(row.position);
  packed.push_back(row.value ? present : absent);
  return row.value ? packed + *row.value : packed;
}

PlacedRow unpack_undo(std::string_view value) {
  GATEHOUSE_ASSERT(value.size() > position_bytes);
  PlacedRow row{read_position(value), std::nullopt};
  if (value[position_bytes] == present)
    row.value = value.substr(position_bytes + 1);
  return row;
}

PlacedRow unpack_row(std::string_view value) {
  return {read_position(value), std::string(value.substr(position_bytes))};
}

}  // namespace undo_rows

std::optional<std::string> UndoTable::get(std::string_view key) const { return known(key).row.value; }

void UndoTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  rows_->scan(row_key(prefix), from.empty() ? std::string() : row_key(from),
              [&](std::string_view key, std::string_view value) {
                return visit(key.substr(1), value.substr(undo_rows::position_bytes));
              });
}

void UndoTable::put(std::string_view key, std::string_view value) { change(key, std::string(value)); }

void UndoTable::erase(std::string_view key) { change(key, std::nullopt); }

std::string UndoTable::row_key(std::string_view key) const { return std::string(1, space_).append(key); }

UndoTable::Known& UndoTable::known(std::string_view key) const {
  const auto found = known_.find(key);
  if (found != known_.end())
    return found->second;
  Known known;
  if (const auto stored = rows_->get(row_key(key)))
    known.row = undo_rows::unpack_row(*stored);
  return known_.emplace(key, std::move(known)).first->second;
}

void UndoTable::change(std::string_view key, std::optional<std::string> value) {
  auto& known_row = known(key);
  if (known_row.row.value == value)
    return;
  if (!known_row.undo_kept)
    rows_->put_unread(undo_rows::prefix(space_, key) + undo_rows::position_text(position_),
                      undo_rows::pack_undo(known_row.row));
  known_row.undo_kept = true;
  if (value)
    rows_->put(row_key(key), undo_rows::position_text(position_) + *value);
  else
    rows_->erase(row_key(key));
  known_row.row = {position_, std::move(value)};
}

}  // namespace gatehouse
