#include "api/metrics.hpp"

#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "api/route.hpp"

namespace gatehouse::api {
namespace {

constexpr unsigned status_max = 599;

const prometheus::Histogram::BucketBoundaries& duration_buckets() {
  static const prometheus::Histogram::BucketBoundaries bounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                              0.05,   0.1,     0.25,   0.5,   1.0,    2.5,   5.0,  10.0};
  return bounds;
}

// The series of one route; a status gets its counter when it is first answered.
struct RouteSeries {
  std::string name;
  prometheus::Histogram* durations{};
  std::array<std::atomic<prometheus::Counter*>, status_max + 1> by_status{};
};

prometheus::MetricFamily to_family(const Sample& sample) {
  return {.name = sample.name,
          .help = sample.help,
          .type = sample.is_counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge,
          .metric = {}};
}

prometheus::ClientMetric to_metric(const Sample& sample) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : sample.labels) {
    prometheus::ClientMetric::Label label;
    label.name = name;
    label.value = value;
    metric.label.push_back(std::move(label));
  }
  if (sample.is_counter) metric.counter.value = sample.value;
  else metric.gauge.value = sample.value;
  return metric;
}

}  // namespace

struct Metrics::Series {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("gatehouse_http_requests_total")
                                                          .Help("Requests answered, by route and status.")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& durations =
      prometheus::BuildHistogram()
          .Name("gatehouse_http_request_seconds")
          .Help("Time from a request's first byte to its answer, by route.")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& commands = prometheus::BuildCounter()
                                                          .Name("gatehouse_commands_total")
                                                          .Help("Commands, by type and outcome.")
                                                          .Register(registry);
  std::vector<RouteSeries> routes;  // one more than there are routes: the last counts unknown paths
  std::mutex command_mutex;
  std::map<std::pair<std::string, std::string>, prometheus::Counter*, std::less<>> command_counters;
  std::vector<Source> sources;

  Series() : routes(api::routes().size() + 1) {
    for (std::size_t index = 0; index < routes.size(); ++index) {
      const bool known = index < api::routes().size();
      routes[index].name = known ? std::string(api::routes()[index].name) : "unknown";
      routes[index].durations = &durations.Add({{"route", routes[index].name}}, duration_buckets());
    }
  }
};

Metrics::Metrics() : series_(std::make_unique<Series>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(const Route* route, unsigned status, std::chrono::nanoseconds duration) {
  const auto index = route == nullptr ? series_->routes.size() - 1 : static_cast<std::size_t>(route - api::routes().data());
  auto& series = series_->routes[index];
  auto& cell = series.by_status[std::min(status, status_max)];
  auto* counter = cell.load(std::memory_order_acquire);
  if (counter == nullptr) {
    // Asked twice for the same labels, the family gives the same counter.
    counter = &series_->requests.Add({{"route", series.name}, {"status", std::to_string(status)}});
    cell.store(counter, std::memory_order_release);
  }
  counter->Increment();
  series.durations->Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::count_command(std::string_view command, std::string_view outcome) {
  const std::lock_guard lock(series_->command_mutex);
  auto& counter = series_->command_counters[{std::string(command), std::string(outcome)}];
  if (counter == nullptr) {
    counter = &series_->commands.Add({{"command", std::string(command)}, {"outcome", std::string(outcome)}});
  }
  counter->Increment();
}

void Metrics::add_source(Source source) { series_->sources.push_back(std::move(source)); }

std::string Metrics::text() const {
  std::vector<Sample> samples;
  for (const auto& source : series_->sources) source(samples);
  auto families = series_->registry.Collect();
  std::map<std::string, std::size_t> places;
  for (const auto& sample : samples) {
    const auto [place, added] = places.try_emplace(sample.name, families.size());
    if (added) families.push_back(to_family(sample));
    families[place->second].metric.push_back(to_metric(sample));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace gatehouse::api
