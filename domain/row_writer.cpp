#include "domain/row_writer.hpp"

#include <stdexcept>

#include "events/archive.hpp"

namespace gatehouse {

template <class Row>
void put_row(Table& rows, std::string_view key, const Row& row) {
  rows.put(key, pack(row));
}

template <class Row>
Row unpack_row(std::string_view value) {
  auto row = unpack<Row>(value);
  if (!row)  // in the past's rows a fault that its fold can stop at; in the state's nobody goes on
    throw std::runtime_error("a row of the state cannot be read");
  return std::move(*row);
}

template <class Row>
std::optional<Row> read_row(const TableReader& rows, std::string_view key) {
  const auto value = rows.get(key);
  if (!value)
    return std::nullopt;
  return unpack_row<Row>(*value);
}

#define GATEHOUSE_DEFINE_ROW(Row) \
  template void put_row<Row>(Table&, std::string_view, const Row&); \
  template Row unpack_row<Row>(std::string_view); \
  template std::optional<Row> read_row<Row>(const TableReader&, std::string_view);
GATEHOUSE_STATE_ROWS(GATEHOUSE_DEFINE_ROW)
#undef GATEHOUSE_DEFINE_ROW

}  // namespace gatehouse
