#include "api/metrics.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>

#include "api/route.hpp"
#include "api/samples.hpp"

namespace gatehouse::api {
namespace {

constexpr unsigned status_max = 599;
constexpr std::size_t status_classes = 6;     // by the first digit
constexpr std::size_t answering_threads = 4;  // I/O threads and workers: about so many answer at once

// The series of one route. A class of statuses gets its histogram when it is first answered.
struct RouteSeries {
  std::array<std::atomic<std::uint64_t>, status_max + 1> by_status{};
  std::array<std::atomic<telemetry::Histogram*>, status_classes> durations{};

  RouteSeries() = default;
  RouteSeries(const RouteSeries&) = delete;
  RouteSeries& operator=(const RouteSeries&) = delete;
  ~RouteSeries() {
    for (auto& histogram : durations)
      delete histogram.load();
  }

  telemetry::Histogram& durations_of(unsigned status) {
    auto& place = durations[status / 100];
    auto* histogram = place.load(std::memory_order_acquire);
    if (histogram != nullptr)
      return *histogram;
    auto made = std::make_unique<telemetry::Histogram>(telemetry::duration_bounds, answering_threads);
    if (place.compare_exchange_strong(histogram, made.get(), std::memory_order_acq_rel))
      return *made.release();
    return *histogram;
  }
};

std::string route_name(std::size_t index) {
  return index < routes().size() ? std::string(routes()[index].name) : "unknown";
}

void sample_route(const RouteSeries& series, const std::string& name, Samples& samples) {
  for (std::size_t status = 0; status < series.by_status.size(); ++status) {
    if (const auto count = series.by_status[status].load(std::memory_order_relaxed); count > 0)
      samples.counter("gatehouse_http_requests_total", "Requests answered, by route and status.", count,
                      {{"route", name}, {"status", std::to_string(status)}});
  }
  for (std::size_t first = 0; first < series.durations.size(); ++first) {
    if (const auto* histogram = series.durations[first].load(std::memory_order_acquire))
      samples.histogram("gatehouse_http_request_seconds",
                        "Time from a request's first byte to its answer, by route and class of its status.",
                        histogram->totals(), nanoseconds_per_second,
                        {{"route", name}, {"status_class", std::to_string(first) + "xx"}});
  }
}

}  // namespace

struct Metrics::Series {
  std::vector<RouteSeries> routes{api::routes().size() + 1};  // the last counts unknown paths
  std::mutex mutex;                                           // guards what follows
  std::vector<Source> sources;
};

Metrics::Metrics() : series_(std::make_unique<Series>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(const Route* route, unsigned status, std::chrono::nanoseconds duration) {
  const auto index = route == nullptr ? series_->routes.size() - 1 : static_cast<std::size_t>(route - routes().data());
  auto& series = series_->routes[index];
  const auto known = std::min(status, status_max);
  series.by_status[known].fetch_add(1, std::memory_order_relaxed);
  series.durations_of(known).observe(duration);
}

void Metrics::add_source(Source source) {
  const std::lock_guard lock(series_->mutex);
  series_->sources.push_back(std::move(source));
}

std::string Metrics::text() const {
  Samples samples;
  for (std::size_t index = 0; index < series_->routes.size(); ++index)
    sample_route(series_->routes[index], route_name(index), samples);
  const std::lock_guard lock(series_->mutex);
  for (const auto& source : series_->sources)
    source(samples);
  return samples.text();
}

}  // namespace gatehouse::api
