// What the command pipeline has done since the process started, for the metrics. Read from any thread.
#pragma once
#include <atomic>
#include <cstdint>

#include "telemetry/histogram.hpp"

namespace gatehouse {

struct CommandCounters {
  std::atomic<std::uint64_t> committed{0};
  std::atomic<std::uint64_t> replayed{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> groups{0};     // appends
  std::atomic<std::uint64_t> conflicts{0};  // submissions that had to be decided again
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::uint64_t> queue_depth{0};                      // waiting now
  telemetry::Histogram answer_times{telemetry::duration_bounds};  // from submission to outcome
  telemetry::Histogram queue_times{telemetry::duration_bounds};   // of that, until a commit thread took it
  telemetry::Histogram group_commands{telemetry::count_bounds};   // committed by one append
  telemetry::Histogram group_events{telemetry::count_bounds};
};

}  // namespace gatehouse
