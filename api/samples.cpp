#include "api/samples.hpp"

#include <limits>
#include <prometheus/text_serializer.h>

#include "table/assert.hpp"

namespace gatehouse::api {
namespace {

prometheus::ClientMetric::Histogram to_histogram(const telemetry::Histogram::Totals& totals, double units) {
  prometheus::ClientMetric::Histogram histogram;
  for (std::size_t bucket = 0; bucket < totals.counts.size(); ++bucket) {
    histogram.sample_count += totals.counts[bucket];
    const auto bound = bucket < totals.bounds.size() ? static_cast<double>(totals.bounds[bucket]) / units
                                                     : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({histogram.sample_count, bound});
  }
  histogram.sample_sum = static_cast<double>(totals.sum) / units;
  return histogram;
}

}  // namespace

void Samples::add(Type type, std::string_view name, std::string_view help, Sample sample) {
  auto place = places_.find(name);
  if (place == places_.end()) {
    place = places_.emplace(name, families_.size()).first;
    families_.push_back({type, std::string(name), std::string(help), {}});
  }
  auto& family = families_[place->second];
  GATEHOUSE_ASSERT(family.type == type);
  family.samples.push_back(std::move(sample));
}

std::string Samples::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const auto& family : families_) {
    const auto type = family.type == Type::counter ? prometheus::MetricType::Counter
                      : family.type == Type::gauge ? prometheus::MetricType::Gauge
                                                   : prometheus::MetricType::Histogram;
    auto& told = families.emplace_back(prometheus::MetricFamily{family.name, family.help, type, {}});
    for (const auto& sample : family.samples) {
      auto& metric = told.metric.emplace_back();
      for (const auto& [name, value] : sample.labels)
        metric.label.push_back({name, value});
      switch (family.type) {
      case Type::counter:
        metric.counter.value = sample.value;
        break;
      case Type::gauge:
        metric.gauge.value = sample.value;
        break;
      case Type::histogram:
        metric.histogram = to_histogram(sample.totals, sample.value);
        break;
      }
    }
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace gatehouse::api
