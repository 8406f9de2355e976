#include "table/undo_table.hpp"

#include <stdexcept>

namespace gatehouse {

namespace {

// Stored bytes are not what was written: a fault of the rows, which a fold can stop at.
void require_bytes(bool are_there) {
  if (!are_there)
    throw std::runtime_error("a row of the past cannot be read");
}

}  // namespace

namespace undo_rows {

namespace {

constexpr char absent = '\0';
constexpr char present = '\x01';

}  // namespace

std::string prefix(char space, std::string_view key) {
  std::string text;
  text.reserve(2 + key.size() + position_bytes);
  text.append({tag, space});
  return text.append(key);
}

std::string position_text(std::uint64_t position) {
  std::string bytes(position_bytes, '\0');
  for (auto at = bytes.size(); at-- > 0; position >>= 8)
    bytes[at] = static_cast<char>(position & 0xFF);
  return bytes;
}

std::uint64_t read_position(std::string_view text) {
  require_bytes(text.size() >= position_bytes);
  std::uint64_t position = 0;
  for (const char byte : text.substr(0, position_bytes))
    position = position << 8 | static_cast<unsigned char>(byte);
  return position;
}

PlacedRow unpack_undo(std::string_view value) {
  require_bytes(value.size() > position_bytes);
  PlacedRow row{read_position(value), std::nullopt};
  if (value[position_bytes] == present)
    row.value = value.substr(position_bytes + 1);
  return row;
}

PlacedRow unpack_row(std::string_view value) {
  return {read_position(value), std::string(value.substr(position_bytes))};
}

}  // namespace undo_rows

namespace {

// What an undo row says of a row that is stored so.
std::string pack_undo(const std::optional<std::string>& stored) {
  if (!stored)
    return undo_rows::position_text(0) + undo_rows::absent;
  std::string packed;
  packed.reserve(stored->size() + 1);
  packed.append(*stored, 0, undo_rows::position_bytes).push_back(undo_rows::present);
  return packed.append(*stored, undo_rows::position_bytes);
}

}  // namespace

std::optional<std::string_view> UndoTable::Known::value() const {
  return stored ? std::optional(std::string_view(*stored).substr(undo_rows::position_bytes)) : std::nullopt;
}

std::optional<std::string> UndoTable::get(std::string_view key) const {
  const auto value = known(key).value();
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

void UndoTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  rows_->scan(row_key(prefix), from.empty() ? std::string() : row_key(from),
              [&](std::string_view key, std::string_view value) {
                return visit(key.substr(1), value.substr(undo_rows::position_bytes));
              });
}

void UndoTable::put(std::string_view key, std::string_view value) { change(key, value); }

void UndoTable::erase(std::string_view key) { change(key, std::nullopt); }

std::string UndoTable::row_key(std::string_view key) const {
  std::string row;
  row.reserve(1 + key.size());
  row.push_back(space_);
  return row.append(key);
}

UndoTable::Known& UndoTable::known(std::string_view key) const {
  const auto found = known_.find(key);
  if (found != known_.end())
    return found->second;
  auto stored = rows_->get(row_key(key));
  require_bytes(!stored || stored->size() >= undo_rows::position_bytes);
  return known_.emplace(key, Known{.stored = std::move(stored), .undo_kept = false}).first->second;
}

void UndoTable::change(std::string_view key, std::optional<std::string_view> value) {
  auto& row = known(key);
  if (row.value() == value)
    return;
  const auto undo_key = undo_rows::prefix(space_, key) + undo_rows::position_text(position_);
  const auto row_key = std::string_view(undo_key).substr(1, 1 + key.size());
  if (!row.undo_kept)
    rows_->put_unread(undo_key, pack_undo(row.stored));
  row.undo_kept = true;
  if (!value) {
    rows_->erase(row_key);
    row.stored.reset();
    return;
  }
  auto stored = undo_rows::position_text(position_);
  stored.reserve(undo_rows::position_bytes + value->size());
  stored.append(*value);
  rows_->put(row_key, stored);
  row.stored = std::move(stored);
}

}  // namespace gatehouse
