// A stored row as text, a line for each member, so that a difference between two rows can be read.
#pragma once
#include <string>
#include <string_view>

#include "events/archive.hpp"
#include "events/struct_text.hpp"

namespace gatehouse {

template <class Row>
[[nodiscard]] std::string row_text(std::string_view value) {
  const auto row = unpack<Row>(value);
  return row ? struct_text(*row) : "not a row of its kind\n";
}

}  // namespace gatehouse
