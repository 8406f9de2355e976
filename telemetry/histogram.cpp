#include "telemetry/histogram.hpp"

#include <algorithm>

namespace gatehouse::telemetry {

namespace {

// Threads take the stripes in turn.
std::size_t own_turn() {
  static std::atomic<std::size_t> turns{};
  thread_local const std::size_t turn = turns.fetch_add(1, std::memory_order_relaxed);
  return turn;
}

}  // namespace

Histogram::Histogram(std::span<const std::uint64_t> bounds, std::size_t stripes)
    : bounds_(bounds), stripes_(std::max<std::size_t>(stripes, 1)),
      lines_of_stripe_((bounds.size() + 2 + cells_of_line - 1) / cells_of_line),
      lines_(std::make_unique<Line[]>(stripes_ * lines_of_stripe_)) {}

void Histogram::observe(std::uint64_t value) {
  const auto stripe = stripes_ == 1 ? 0 : own_turn() % stripes_;
  const auto bucket = static_cast<std::size_t>(std::ranges::lower_bound(bounds_, value) - bounds_.begin());
  cell(stripe, bucket).fetch_add(1, std::memory_order_relaxed);
  cell(stripe, bounds_.size() + 1).fetch_add(value, std::memory_order_relaxed);
}

void Histogram::observe(std::chrono::nanoseconds duration) {
  observe(static_cast<std::uint64_t>(std::max<std::chrono::nanoseconds::rep>(duration.count(), 0)));
}

Histogram::Totals Histogram::totals() const {
  Totals totals{bounds_, std::vector<std::uint64_t>(bounds_.size() + 1), 0};
  for (std::size_t stripe = 0; stripe < stripes_; ++stripe) {
    for (std::size_t bucket = 0; bucket < totals.counts.size(); ++bucket)
      totals.counts[bucket] += cell(stripe, bucket).load(std::memory_order_relaxed);
    totals.sum += cell(stripe, totals.counts.size()).load(std::memory_order_relaxed);
  }
  return totals;
}

}  // namespace gatehouse::telemetry
