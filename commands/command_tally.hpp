// How often commands of each type came to which outcome since the process started, wherever they came from. Counting takes no lock; read from any thread.
#pragma once
#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

#include "commands/command_service.hpp"

namespace gatehouse {

[[nodiscard]] std::string_view to_text(Failure failure);

class CommandTally {
 public:
  struct Count {
    std::string_view command;
    std::string_view outcome;  // accepted, unchanged, replayed, dry_run, refused, failed
    std::string_view code;     // why it was refused or failed; otherwise empty
    std::uint64_t count{};
  };

  CommandTally();

  // All commands of a submission have its outcome.
  void add(const Submission& submission, const Outcome& outcome);
  // Those that came at least once.
  [[nodiscard]] std::vector<Count> counts() const;
  // Submissions, of every failure there is.
  [[nodiscard]] std::uint64_t failures(Failure failure) const;

 private:
  std::vector<std::atomic<std::uint64_t>> cells_;  // a row for each type of command, a column for each outcome and code
  std::vector<std::atomic<std::uint64_t>> failures_;
};

}  // namespace gatehouse
