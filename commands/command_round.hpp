// Submissions on their way through one group: decided one by one, made durable together, answered. Used by one thread at a time.
#pragma once
#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "commands/command_counters.hpp"
#include "commands/command_group.hpp"
#include "commands/command_service.hpp"
#include "commands/command_tally.hpp"
#include "commands/recording_times.hpp"
#include "commands/submission_queue.hpp"

namespace gatehouse {

// What all rounds share.
struct CommandParts {
  EventLog& log;
  IdSource& ids;
  const ConfirmationTokens& confirmations;
  RecordingTimes times;
  CommandService::Options options;
  CommandCounters counters{};
  CommandTally tally{};
  std::atomic<bool> halted{false};                 // what is in the log is not known any more
  std::shared_ptr<const CommandGroup> in_doubt{};  // the group for which it is not; set before `halted` is
  std::unique_ptr<const RecordingTimes::Group>
      times_in_doubt{};  // the next start may find events of it, so they are never over
};

void count_outcome(CommandParts& parts, const Submission& submission, const Outcome& outcome);

class CommandRound {
 public:
  // Whoever is in a group waits for all that is decided in it: with so many events it is full.
  static constexpr std::size_t decided_events_max = 2'000;

  // `before` is the group of the round that has its turn, if one has.
  CommandRound(CommandParts& parts, std::shared_ptr<const CommandGroup> before);

  void decide(WaitingSubmission waiting);
  [[nodiscard]] std::size_t size() const { return waiting_.size(); }
  // Whether what comes next belongs to a later group: by what is in this one, or by how much.
  [[nodiscard]] bool full() const { return group_->closed() || group_->decided_events() >= decided_events_max; }

  // While it waits for its turn; see CommandGroup.
  [[nodiscard]] std::size_t keys_to_keep() const { return group_->keys_to_keep(); }
  void keep_keys_ahead() { group_->keep_keys_ahead(); }

  // When the round before it is through with its append. False: what this one was decided on was not written, and everything has to be decided again.
  [[nodiscard]] bool take_turn() { return group_->take_turn(); }
  [[nodiscard]] std::deque<WaitingSubmission> take_waiting();
  // For the one after it to be decided on.
  [[nodiscard]] std::shared_ptr<const CommandGroup> group() const { return group_; }

  // Makes durable what was decided. Answers who has to be decided again, in their order.
  [[nodiscard]] std::deque<WaitingSubmission> append();
  // Tells everybody else; nothing may follow.
  void answer();

 private:
  // After a write of unknown outcome.
  [[nodiscard]] Failed halted(const Submission& submission) const;
  void take_outcomes();
  void count_group() const;

  CommandParts& parts_;
  std::unique_ptr<const RecordingTimes::Group> under_way_;  // until what was appended can be read
  std::shared_ptr<CommandGroup> group_;
  std::vector<WaitingSubmission> waiting_;
  std::vector<std::optional<Outcome>> outcomes_;  // of those waiting
  std::vector<std::size_t> staged_;               // those whose outcomes the append tells
};

}  // namespace gatehouse
