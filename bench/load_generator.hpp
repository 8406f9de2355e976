// Closed-loop load over HTTP/1.1: every connection sends a request, waits for its answer and sends the next one, all on the caller's thread, so
// that the generator takes no more than one core from what it measures.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "bench/http_answer.hpp"
#include "bench/latencies.hpp"

namespace gatehouse::bench {

struct LoadPlan {
  std::uint16_t port{};
  std::size_t connections = 1;
  std::chrono::milliseconds warm_up{300};  // not counted
  std::chrono::milliseconds duration{3'000};
  std::uint64_t answers_max = std::numeric_limits<std::uint64_t>::max();  // ends the load early
  // The whole request; `sequence` counts over all connections, from 0.
  std::function<std::string(std::size_t connection, std::uint64_t sequence)> request{};
};

struct LoadResult {
  std::uint64_t answered{};  // with status 200
  std::uint64_t refused{};   // with any other
  std::string first_refusal;
  double seconds{};
  Latencies latencies;

  [[nodiscard]] double per_second() const { return seconds > 0 ? static_cast<double>(answered) / seconds : 0; }
};

// Throws std::runtime_error when the server cannot be reached or hangs up.
[[nodiscard]] LoadResult run_load(const LoadPlan& plan);

// One request on a connection of its own.
[[nodiscard]] HttpAnswer ask(std::uint16_t port, const std::string& request);
// The same, with its head as it came.
[[nodiscard]] std::string whole_answer(std::uint16_t port, const std::string& request);

}  // namespace gatehouse::bench
