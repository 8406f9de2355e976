// A log whose appends take as long as a test wants.
#pragma once
#include <atomic>
#include <optional>
#include <semaphore>
#include <span>
#include <utility>
#include <vector>

#include "tests/commands/pipeline.hpp"

namespace gatehouse::test {

// Each append waits until it is let go, and may answer something else than the log.
class HeldLog final : public InterferingLog {
 public:
  using InterferingLog::InterferingLog;

  std::vector<AppendResult> append(std::span<CommitDraft> group) override {
    if (!holding)
      return InterferingLog::append(group);
    begun.release();
    released.acquire();
    const auto next = std::exchange(next_answer, std::nullopt);
    if (next)
      return std::vector<AppendResult>(group.size(), AppendResult{*next, {}, {}, {}});
    return InterferingLog::append(group);
  }

  std::atomic<bool> holding{false};
  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> released{0};
  std::optional<AppendStatus> next_answer{};
};

}  // namespace gatehouse::test
