// Measurements in Prometheus' text form (version 0.0.4), read. A line that cannot be read is passed over: a newer server's text costs what this
// program does not know, and nothing else.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::cli::top {

using Labels = std::vector<std::pair<std::string, std::string>>;

struct Series {
  Labels labels;
  double value{};

  [[nodiscard]] std::string_view label(std::string_view name) const;  // empty when there is none
};

class Exposition {
 public:
  Exposition() = default;
  explicit Exposition(std::string_view text);

  [[nodiscard]] const std::vector<Series>& series(std::string_view name) const;
  [[nodiscard]] bool empty() const { return series_.empty(); }

 private:
  std::map<std::string, std::vector<Series>, std::less<>> series_;
};

// As Go writes numbers, +Inf and NaN among them.
[[nodiscard]] std::optional<double> number_in(std::string_view word);

}  // namespace gatehouse::cli::top
