#include "table/undo_table.hpp"

#include "table/assert.hpp"

namespace gatehouse {

namespace undo_rows {

namespace {
constexpr char absent = '\0';
constexpr char present = '\x01';
}  // namespace

std::string prefix(char space, std::string_view key) { return std::string{tag, space}.append(key); }

std::string position_suffix(std::uint64_t position) {
  std::string bytes(position_bytes, '\0');
  for (auto at = bytes.size(); at-- > 0; position >>= 8)
    bytes[at] = static_cast<char>(position & 0xFF);
  return bytes;
}

std::string pack(const std::optional<std::string>& before) {
  return before ? std::string(1, present).append(*before) : std::string(1, absent);
}

std::optional<std::string> unpack(std::string_view value) {
  GATEHOUSE_ASSERT(!value.empty());
  if (value.front() == absent)
    return std::nullopt;
  return std::string(value.substr(1));
}

}  // namespace undo_rows

std::optional<std::string> UndoTable::get(std::string_view key) const { return known(key).value; }

void UndoTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  rows_->scan(row_key(prefix), from.empty() ? std::string() : row_key(from),
              [&](std::string_view key, std::string_view value) { return visit(key.substr(1), value); });
}

void UndoTable::put(std::string_view key, std::string_view value) {
  if (change(key, std::string(value)))
    rows_->put(row_key(key), value);
}

void UndoTable::erase(std::string_view key) {
  if (change(key, std::nullopt))
    rows_->erase(row_key(key));
}

std::string UndoTable::row_key(std::string_view key) const { return std::string(1, space_).append(key); }

UndoTable::Known& UndoTable::known(std::string_view key) const {
  const auto found = known_.find(key);
  if (found != known_.end())
    return found->second;
  return known_.emplace(key, Known{rows_->get(row_key(key)), false}).first->second;
}

bool UndoTable::change(std::string_view key, std::optional<std::string> value) {
  auto& row = known(key);
  if (row.value == value)
    return false;
  if (!row.undo_kept)
    rows_->put(undo_rows::prefix(space_, key) + undo_rows::position_suffix(position_), undo_rows::pack(row.value));
  row.undo_kept = true;
  row.value = std::move(value);
  return true;
}

}  // namespace gatehouse
