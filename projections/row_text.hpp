// A stored row as text, a line for each member, so that a difference between two rows can be read; and taken apart, so that members can be compared.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "events/archive.hpp"
#include "events/struct_text.hpp"
#include "projections/row_shape.hpp"
#include "table/assert.hpp"

namespace gatehouse {

template <class Row>
[[nodiscard]] std::string row_text(std::string_view value) {
  const auto row = unpack<Row>(value);
  return row ? struct_text(*row) : "not a row of its kind\n";
}

// One for each member of the type, in their order.
template <class Row>
[[nodiscard]] std::vector<RowMember> row_members(std::string_view value) {
  std::vector<RowMember> members;
  Row row{};
  ArchiveReader reader(value);
  boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>([&](auto member) {
    const auto begin = value.size() - reader.left();
    reader(row.*member.pointer);
    members.push_back({member.name, value.substr(begin, value.size() - reader.left() - begin)});
  });
  GATEHOUSE_ASSERT(reader.complete());
  return members;
}

}  // namespace gatehouse
