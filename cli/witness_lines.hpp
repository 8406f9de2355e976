// What a witness tells its operator of its answers: a line each, but of answers of one kind about one log no more than one a second, because anybody may ask; how many
// were left out stands in the next one. What is cosigned again at the same size is told once. Any thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "api/structured_log.hpp"
#include "witness/witness.hpp"

namespace gatehouse::cli {

class WitnessLines {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds pause{1};

  explicit WitnessLines(const api::StructuredLog& lines) : lines_(lines) {}
  void note(const witness::Answer& answer, Time now = Time::clock::now());

 private:
  struct Kind {
    Time quiet_until{};
    std::uint64_t left_out{};
    std::optional<std::uint64_t> cosigned{};  // the size of the log that was told last
  };
  const api::StructuredLog& lines_;
  std::mutex mutex_;  // guards what follows
  std::map<std::pair<unsigned, std::string>, Kind> kinds_;
};

}  // namespace gatehouse::cli
