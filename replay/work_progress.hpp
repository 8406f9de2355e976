// How far a long piece of work over the log has come.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace gatehouse {

struct WorkProgress {
  std::uint64_t done{};
  std::uint64_t total{};  // of events
  std::chrono::milliseconds elapsed{};

  [[nodiscard]] std::uint64_t per_second() const {
    const auto milliseconds = static_cast<std::uint64_t>(elapsed.count());
    return milliseconds == 0 ? 0 : done * 1'000 / milliseconds;
  }
  // Nothing while there is no rate to tell it by.
  [[nodiscard]] std::optional<std::chrono::seconds> time_left() const {
    const auto rate = per_second();
    if (rate == 0) return std::nullopt;
    return std::chrono::seconds((total > done ? total - done : 0) / rate);
  }
};

using ProgressSink = std::function<void(const WorkProgress&)>;

}  // namespace gatehouse
