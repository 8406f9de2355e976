// How values are spread, as Prometheus' histograms tell it, and what follows from that.
#pragma once
#include <map>
#include <optional>

namespace gatehouse::cli::top {

struct Histogram {
  std::map<double, double> buckets;  // how many values were in each, by its upper bound; not cumulative
  double sum{};

  [[nodiscard]] double count() const;
};

// What was added to `before`; all of it where that had more, since the server began anew.
[[nodiscard]] Histogram since(const Histogram& now, const Histogram& before);

// The value below which the share `q` lies, taken as evenly spread in its bucket: as Prometheus' histogram_quantile() has it, so of the last, open bucket
// it is the lower bound. Nothing without values.
[[nodiscard]] std::optional<double> quantile(const Histogram& histogram, double q);
[[nodiscard]] std::optional<double> mean(const Histogram& histogram);

}  // namespace gatehouse::cli::top
