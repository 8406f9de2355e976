// What the command pipeline has done since the process started, for the metrics. Read from any thread.
#pragma once
#include <atomic>
#include <cstdint>

namespace gatehouse {

struct CommandCounters {
  std::atomic<std::uint64_t> committed{0};
  std::atomic<std::uint64_t> replayed{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> groups{0};         // appends
  std::atomic<std::uint64_t> conflicts{0};      // submissions that had to be decided again
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::uint64_t> queue_depth{0};    // waiting now
};

}  // namespace gatehouse
