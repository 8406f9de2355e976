#include "cli/top/histogram.hpp"

#include <cmath>

namespace gatehouse::cli::top {

double Histogram::count() const {
  double count = 0;
  for (const auto& [bound, values] : buckets)
    count += values;
  return count;
}

Histogram since(const Histogram& now, const Histogram& before) {
  Histogram added = now;
  added.sum -= before.sum;
  for (const auto& [bound, values] : before.buckets) {
    auto& left = added.buckets[bound];
    left -= values;
    if (left < 0)
      return now;
  }
  return added;
}

std::optional<double> quantile(const Histogram& histogram, double q) {
  const auto count = histogram.count();
  if (!(count > 0))
    return std::nullopt;
  const auto rank = q * count;
  double lower = 0;
  double below = 0;
  for (const auto& [upper, values] : histogram.buckets) {
    if (below + values >= rank && values > 0) {
      if (std::isinf(upper))
        return lower;
      const auto begin = upper > 0 ? lower : upper;
      return begin + (upper - begin) * (rank - below) / values;
    }
    below += values;
    lower = std::isinf(upper) ? lower : upper;
  }
  return lower;
}

std::optional<double> mean(const Histogram& histogram) {
  const auto count = histogram.count();
  return count > 0 ? std::optional(histogram.sum / count) : std::nullopt;
}

}  // namespace gatehouse::cli::top
