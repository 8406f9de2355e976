// Two looks at a server's measurements, some time apart, and what they say: figures of the second, and what happened between them. Whatever the server
// does not measure is nothing.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/top/exposition.hpp"
#include "cli/top/histogram.hpp"

namespace gatehouse::cli::top {

// Series whose label has that value; with an empty value all that have the label.
using Where = std::pair<std::string_view, std::string_view>;
using Wheres = std::initializer_list<Where>;

class Reading {
 public:
  // `before`: none yet, or none of the same server. Both outlive the reading.
  Reading(const Exposition& now, const Exposition* before, double seconds)
      : now_(&now), before_(seconds > 0 ? before : nullptr), seconds_(seconds) {}

  // The sum of the series.
  [[nodiscard]] std::optional<double> value(std::string_view name, Wheres wheres = {}) const;
  // The same of a counter, for each second.
  [[nodiscard]] std::optional<double> rate(std::string_view name, Wheres wheres = {}) const;
  // What was observed between the looks. `except`: label and values of series that do not count.
  [[nodiscard]] Histogram lately(std::string_view name, const std::vector<Where>& except = {}) const;
  // Each value that the label has, once, in the order of the text.
  [[nodiscard]] std::vector<std::string> values_of(std::string_view name, std::string_view label) const;
  [[nodiscard]] std::string text_of(std::string_view name, std::string_view label) const;  // of the first series

 private:
  const Exposition* now_;
  const Exposition* before_;
  double seconds_;
};

}  // namespace gatehouse::cli::top
