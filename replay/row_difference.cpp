#include "replay/row_difference.hpp"

#include <algorithm>
#include <vector>

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
    if (std::ranges::find(others, line) != others.end()) continue;
    if (++shown > lines_shown_max) return text + ", ...";
    text.append(text.empty() ? "" : ", ").append(line);
  }
  return text;
}

class Comparison {
 public:
  Comparison(const TableReader& stored, const PartFold& folded, const StreamPart& part)
      : stored_(stored), folded_(folded), part_(part) {}

  // Without an order, as most tables are the same. Counts the stored rows on the way.
  bool all_equal() {
    bool equal = true;
    std::size_t found = 0;
    stored_.scan({}, [&](std::string_view key, std::string_view value) {
      if (!folded_.is_in(part_, key)) return true;
      ++rows_;
      const auto* row = folded_.rows.find(key);
      found += row != nullptr ? 1 : 0;
      equal = equal && row != nullptr && *row == value;
      return true;
    });
    const auto is_in = [this](std::string_view key) { return folded_.is_in(part_, key); };
    return equal && found == folded_.rows.count_if(is_in);
  }

  void visit_differences(const std::function<bool(const RowDifference&)>& visit) {
    std::vector<std::pair<std::string, std::string>> expected;
    folded_.rows.visit_changes([&](std::string_view key, const std::optional<std::string>& value) {
      if (value && folded_.is_in(part_, key)) expected.emplace_back(key, *value);
    });
    bool going = true;
    auto next = expected.begin();
    const auto visit_missing = [&] {
      going = visit({next->first, std::nullopt, next->second});
      ++next;
    };
    stored_.scan({}, [&](std::string_view key, std::string_view value) {
      if (!folded_.is_in(part_, key)) return true;
      while (going && next != expected.end() && next->first < key) visit_missing();
      if (!going) return false;
      if (next == expected.end() || next->first != key) {
        going = visit({std::string(key), std::string(value), std::nullopt});
      } else {
        if (next->second != value) going = visit({next->first, std::string(value), next->second});
        ++next;
      }
      return going;
    });
    while (going && next != expected.end()) visit_missing();
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  const TableReader& stored_;
  const PartFold& folded_;
  const StreamPart& part_;
  std::size_t rows_{};
};

}  // namespace

std::size_t compare_rows(const TableReader& stored, const PartFold& folded, const StreamPart& part,
                         const std::function<bool(const RowDifference&)>& visit) {
  Comparison comparison(stored, folded, part);
  if (!comparison.all_equal()) comparison.visit_differences(visit);
  return comparison.rows();
}

std::string to_text(const Projection& projection, const RowDifference& difference) {
  const auto shapes = projection.shapes();
  const auto value = [&](const std::optional<std::string>& bytes) {
    return bytes ? describe_value(shapes, difference.key, *bytes) : std::string();
  };
  const auto side = [](const std::optional<std::string>& bytes, const std::string& text, const std::string& other) {
    if (!bytes) return std::string("no such row");
    const auto lines = lines_missing(text, other);
    return lines.empty() ? std::string("an empty value") : lines;
  };
  const auto stored = value(difference.stored);
  const auto folded = value(difference.folded);
  return std::string(projection.name()) + ": " + describe_key(shapes, difference.key) + "\n  stored: " +
         side(difference.stored, stored, folded) + "\n  folded: " + side(difference.folded, folded, stored);
}

}  // namespace gatehouse
