#include "replay/row_difference.hpp"

#include <algorithm>
#include <vector>

#include "table/row_cursor.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t lines_shown_max = 5;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// The lines of `of` that `other` does not have.
std::string lines_missing(const std::string& of, const std::string& other) {
  const auto others = lines_of(other);
  std::string text;
  std::size_t shown = 0;
  for (const auto line : lines_of(of)) {
    if (std::ranges::find(others, line) != others.end())
      continue;
    if (++shown > lines_shown_max)
      return text + ", ...";
    text.append(text.empty() ? "" : ", ").append(line);
  }
  return text;
}

}  // namespace

std::size_t compare_rows(const TableReader& stored, const TableReader& folded,
                         const std::function<bool(const RowDifference&)>& visit) {
  RowCursor expected(folded, {}, {});
  std::size_t rows = 0;
  bool going = true;
  const auto visit_missing = [&] {
    going = visit({std::string(expected.key()), std::nullopt, std::string(expected.value())});
    expected.next();
  };
  stored.scan({}, [&](std::string_view key, std::string_view value) {
    ++rows;
    while (going && !expected.done() && expected.key() < key)
      visit_missing();
    if (!going)
      return true;  // counts on
    if (expected.done() || expected.key() != key) {
      going = visit({std::string(key), std::string(value), std::nullopt});
      return true;
    }
    if (expected.value() != value)
      going = visit({std::string(key), std::string(value), std::string(expected.value())});
    expected.next();
    return true;
  });
  while (going && !expected.done())
    visit_missing();
  return rows;
}

std::string to_text(const Projection& projection, const RowDifference& difference) {
  const auto shapes = projection.shapes();
  const auto value = [&](const std::optional<std::string>& bytes) {
    return bytes ? describe_value(shapes, difference.key, *bytes) : std::string();
  };
  const auto side = [](const std::optional<std::string>& bytes, const std::string& text, const std::string& other) {
    if (!bytes)
      return std::string("no such row");
    const auto lines = lines_missing(text, other);
    return lines.empty() ? std::string("an empty value") : lines;
  };
  const auto stored = value(difference.stored);
  const auto folded = value(difference.folded);
  return std::string(projection.name()) + ": " + describe_key(shapes, difference.key) +
         "\n  stored: " + side(difference.stored, stored, folded) +
         "\n  folded: " + side(difference.folded, folded, stored);
}

}  // namespace gatehouse
