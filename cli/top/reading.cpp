#include "cli/top/reading.hpp"

#include <algorithm>
#include <cmath>

namespace gatehouse::cli::top {

namespace {

bool is_where(const Series& series, const Where& where) {
  const auto value = series.label(where.first);
  return where.second.empty() ? !value.empty() : value == where.second;
}

std::optional<double> sum_of(const std::vector<Series>& all, Wheres wheres) {
  std::optional<double> sum;
  for (const auto& series : all) {
    const bool counts = std::ranges::all_of(wheres, [&](const Where& where) { return is_where(series, where); });
    if (counts && !std::isnan(series.value))
      sum = sum.value_or(0) + series.value;
  }
  return sum;
}

bool is_excepted(const Series& series, const std::vector<Where>& except) {
  return std::ranges::any_of(except, [&](const Where& where) { return is_where(series, where); });
}

Labels without_bound(const Series& series) {
  auto labels = series.labels;
  std::erase_if(labels, [](const auto& label) { return label.first == "le"; });
  return labels;
}

// Of all the series together. The text's buckets are cumulative, each series by itself.
Histogram histogram_of(const Exposition& exposition, std::string_view name, const std::vector<Where>& except) {
  std::map<Labels, std::map<double, double>> cumulative;
  for (const auto& series : exposition.series(std::string(name) + "_bucket")) {
    const auto bound = number_in(series.label("le"));
    if (bound && !std::isnan(*bound) && !std::isnan(series.value) && !is_excepted(series, except))
      cumulative[without_bound(series)][*bound] = series.value;
  }
  Histogram histogram;
  for (const auto& [labels, buckets] : cumulative) {
    double below = 0;
    for (const auto& [bound, up_to] : buckets) {
      histogram.buckets[bound] += std::max(0.0, up_to - below);
      below = std::max(below, up_to);
    }
  }
  for (const auto& series : exposition.series(std::string(name) + "_sum")) {
    if (!std::isnan(series.value) && !is_excepted(series, except))
      histogram.sum += series.value;
  }
  return histogram;
}

}  // namespace

std::optional<double> Reading::value(std::string_view name, Wheres wheres) const {
  return sum_of(now_->series(name), wheres);
}

std::optional<double> Reading::rate(std::string_view name, Wheres wheres) const {
  const auto now = value(name, wheres);
  if (!now || before_ == nullptr)
    return std::nullopt;
  const auto before = sum_of(before_->series(name), wheres).value_or(0);  // a counter may be new
  return (before <= *now ? *now - before : *now) / seconds_;
}

Histogram Reading::lately(std::string_view name, const std::vector<Where>& except) const {
  if (before_ == nullptr)
    return {};
  return since(histogram_of(*now_, name, except), histogram_of(*before_, name, except));
}

std::vector<std::string> Reading::values_of(std::string_view name, std::string_view label) const {
  std::vector<std::string> values;
  for (const auto& series : now_->series(name)) {
    const auto value = series.label(label);
    if (!value.empty() && std::ranges::find(values, value) == values.end())
      values.emplace_back(value);
  }
  return values;
}

std::string Reading::text_of(std::string_view name, std::string_view label) const {
  const auto& all = now_->series(name);
  return all.empty() ? std::string() : std::string(all.front().label(label));
}

}  // namespace gatehouse::cli::top
