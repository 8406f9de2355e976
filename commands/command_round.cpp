#include "commands/command_round.hpp"

#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

// Nothing of it is staged when the keys of the persons it tells of cannot be read.
std::optional<Outcome> add_to(CommandGroup& group, const Submission& submission, Timestamp now) try {
  return group.add(submission, now);
} catch (const SubjectKeysFailure& failure) {
  return Failed{Failure::read_only, failure.what()};
}

}  // namespace

CommandRound::CommandRound(CommandParts& parts, std::shared_ptr<const CommandGroup> before)
    : parts_(parts), under_way_(std::make_unique<const RecordingTimes::Group>(parts.times)),
      group_(std::make_shared<CommandGroup>(parts.log, parts.ids, parts.confirmations, parts.options.keys,
                                            std::move(before))) {}

void CommandRound::decide(WaitingSubmission waiting) {
  outcomes_.push_back(parts_.halted ? std::optional<Outcome>(halted(waiting.submission))
                                    : add_to(*group_, waiting.submission, parts_.times.now()));
  if (!outcomes_.back())
    staged_.push_back(waiting_.size());
  waiting_.push_back(std::move(waiting));
}

// Of a request that was in that write nobody can say that it has not run.
Failed CommandRound::halted(const Submission& submission) const {
  const auto& key = submission.command_key;
  if (key && !submission.dry_run && parts_.in_doubt->has_key(*key))
    return {Failure::unknown, "The write failed; only a repetition with the same key can tell, after a restart."};
  return {Failure::read_only, "A write failed; the server has to be started again."};
}

std::deque<WaitingSubmission> CommandRound::take_waiting() {
  return {std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.end())};
}

std::deque<WaitingSubmission> CommandRound::append() {
  if (!staged_.empty()) {
    take_outcomes();
    count_group();
  }
  under_way_.reset();
  std::deque<WaitingSubmission> again;
  for (const auto index : staged_) {
    if (outcomes_[index])
      continue;
    ++parts_.counters.conflicts;
    if (++waiting_[index].tries > parts_.options.conflict_retries_max)
      outcomes_[index] = Failed{Failure::contended, "The account changed again and again; try again."};
    else
      again.push_back(std::move(waiting_[index]));
  }
  return again;
}

void CommandRound::take_outcomes() {
  ++parts_.counters.groups;
  auto appended = group_->append();
  if (group_->outcome_unknown()) {
    parts_.in_doubt = group_;
    parts_.times_in_doubt = std::move(under_way_);
    parts_.halted = true;
  }
  if (!group_->keys_failure().empty())
    parts_.options.keys_failed(group_->keys_failure());
  for (std::size_t index = 0; index < staged_.size(); ++index)
    outcomes_[staged_[index]] = std::move(appended[index]);
}

// Of what the append made durable, and nothing when it made nothing.
void CommandRound::count_group() const {
  std::uint64_t commands = 0, events = 0;
  for (const auto index : staged_) {
    const auto* committed = outcomes_[index] ? std::get_if<Committed>(&*outcomes_[index]) : nullptr;
    if (committed == nullptr || committed->replayed)
      continue;
    commands += waiting_[index].submission.commands.size();
    events += committed->events.size();
  }
  if (commands == 0)
    return;
  parts_.counters.group_commands.observe(commands);
  parts_.counters.group_events.observe(events);
}

void CommandRound::answer() {
  const auto now = std::chrono::steady_clock::now();
  for (std::size_t index = 0; index < waiting_.size(); ++index) {
    if (!outcomes_[index])
      continue;  // it is decided again
    parts_.counters.answer_times.observe(now - waiting_[index].submitted_at);
    count_outcome(parts_, waiting_[index].submission, *outcomes_[index]);
    waiting_[index].done(std::move(*outcomes_[index]));
  }
}

void count_outcome(CommandParts& parts, const Submission& submission, const Outcome& outcome) {
  auto& counters = parts.counters;
  parts.tally.add(submission, outcome);
  if (const auto* committed = std::get_if<Committed>(&outcome)) {
    ++(committed->replayed ? counters.replayed : counters.committed);
    if (!committed->replayed)
      counters.events += committed->events.size();
  } else {
    ++(std::holds_alternative<Refused>(outcome) ? counters.refused : counters.failed);
  }
}

}  // namespace gatehouse
