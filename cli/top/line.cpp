#include "cli/top/line.hpp"

#include <algorithm>

namespace gatehouse::cli::top {

namespace {

constexpr std::size_t row_name_width = 9;
constexpr std::size_t table_name_width = 27;
constexpr std::size_t column_width = 10;

std::string padded(std::string_view text, std::size_t width) {
  std::string all(text);
  all.resize(std::max(all.size(), width), ' ');
  return all;
}

}  // namespace

Row::Row(std::string_view name) : text_(padded(name, row_name_width)) {}

Row& Row::figure(std::string_view what, std::string_view figure) {
  if (!what.empty() || !figure.empty())
    text_.append("  ").append(what).append(what.empty() ? "" : " ").append(figure);
  return *this;
}

std::string table_row(std::string_view name, std::initializer_list<std::string> columns) {
  auto text = padded(name, table_name_width);
  for (const auto& column : columns)
    text.append(std::max(column_width, column.size() + 1) - column.size(), ' ').append(column);
  return text;
}

}  // namespace gatehouse::cli::top
