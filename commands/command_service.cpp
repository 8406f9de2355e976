#include "commands/command_service.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include "commands/command_group.hpp"
#include "commands/command_tally.hpp"

namespace gatehouse {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view stopping_detail = "The server is stopping.";

// Nothing of it is staged when the keys of the persons it tells of cannot be read.
std::optional<Outcome> add_to(CommandGroup& group, const Submission& submission) try {
  return group.add(submission);
} catch (const SubjectKeysFailure& failure) {
  return Failed{Failure::read_only, failure.what()};
}

}  // namespace

struct CommandService::Impl {
  struct Waiting {
    Submission submission;
    Done done;
    SteadyClock::time_point submitted_at;
  };

  EventLog& log;
  IdSource& ids;
  const ConfirmationTokens& confirmations;
  Clock clock;
  Options options;
  CommandCounters counters{};
  CommandTally tally{};

  std::mutex mutex{};
  std::condition_variable wake{};
  std::deque<Waiting> queue{};
  bool stopping = false;
  bool halted = false;  // what is in the log is not known any more; the commit thread alone looks
  std::thread thread{};

  std::vector<Outcome> run(const std::vector<Submission>& submissions);
  std::vector<std::size_t> run_once(const std::vector<Submission>& submissions, const std::vector<std::size_t>& pending,
                                    std::vector<std::optional<Outcome>>& outcomes);
  void count(const Submission& submission, const Outcome& outcome);
  void count_group(const std::vector<Submission>& submissions, const std::vector<std::size_t>& staged,
                   const std::vector<std::optional<Outcome>>& outcomes);
  std::vector<Waiting> next_group();
  void serve();
  void refuse_waiting();
};

// Goes on until every submission has its outcome. What met a conflict, or was decided on something that was not written, is decided again on
// fresh state; so is what came after a command that closed its group, but that is not counted as a conflict.
std::vector<Outcome> CommandService::Impl::run(const std::vector<Submission>& submissions) {
  std::vector<std::optional<Outcome>> outcomes(submissions.size());
  std::vector<std::size_t> pending(submissions.size());
  std::iota(pending.begin(), pending.end(), std::size_t{0});
  std::vector<int> tries(submissions.size());
  while (!pending.empty()) {
    if (halted) {
      for (const auto index : pending)
        outcomes[index] = Failed{Failure::read_only, "A write failed; the server has to be started again."};
    } else {
      for (const auto index : run_once(submissions, pending, outcomes)) {
        ++counters.conflicts;
        if (++tries[index] <= options.conflict_retries_max)
          continue;
        outcomes[index] = Failed{Failure::contended, "The account changed again and again; try again."};
      }
    }
    std::erase_if(pending, [&](std::size_t index) { return outcomes[index].has_value(); });
  }
  std::vector<Outcome> known;
  known.reserve(outcomes.size());
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    count(submissions[index], *outcomes[index]);
    known.push_back(std::move(*outcomes[index]));
  }
  return known;
}

// One append. Answers who has to be decided again.
std::vector<std::size_t> CommandService::Impl::run_once(const std::vector<Submission>& submissions,
                                                        const std::vector<std::size_t>& pending,
                                                        std::vector<std::optional<Outcome>>& outcomes) {
  CommandGroup group(log, ids, confirmations, clock(), options.keys);
  std::vector<std::size_t> staged;
  for (const auto index : pending) {
    outcomes[index] = add_to(group, submissions[index]);
    if (!outcomes[index])
      staged.push_back(index);
    if (group.closed())
      break;
  }
  if (group.empty())
    return {};
  ++counters.groups;
  auto appended = group.append();
  halted = group.outcome_unknown();
  if (!group.keys_failure().empty())
    options.keys_failed(group.keys_failure());
  std::vector<std::size_t> again;
  for (std::size_t index = 0; index < staged.size(); ++index) {
    outcomes[staged[index]] = std::move(appended[index]);
    if (!outcomes[staged[index]] && !halted)
      again.push_back(staged[index]);
  }
  count_group(submissions, staged, outcomes);
  return again;
}

// Of what the append made durable, and nothing when it made nothing.
void CommandService::Impl::count_group(const std::vector<Submission>& submissions,
                                       const std::vector<std::size_t>& staged,
                                       const std::vector<std::optional<Outcome>>& outcomes) {
  std::uint64_t commands = 0, events = 0;
  for (const auto index : staged) {
    const auto* committed = outcomes[index] ? std::get_if<Committed>(&*outcomes[index]) : nullptr;
    if (committed == nullptr || committed->replayed)
      continue;
    commands += submissions[index].commands.size();
    events += committed->events.size();
  }
  if (commands == 0)
    return;
  counters.group_commands.observe(commands);
  counters.group_events.observe(events);
}

void CommandService::Impl::count(const Submission& submission, const Outcome& outcome) {
  tally.add(submission, outcome);
  if (const auto* committed = std::get_if<Committed>(&outcome)) {
    ++(committed->replayed ? counters.replayed : counters.committed);
    if (!committed->replayed)
      counters.events += committed->events.size();
  } else {
    ++(std::holds_alternative<Refused>(outcome) ? counters.refused : counters.failed);
  }
}

// Takes what is there, up to a group; waits only when there is nothing. Empty: stopped, and all was answered.
std::vector<CommandService::Impl::Waiting> CommandService::Impl::next_group() {
  std::unique_lock lock(mutex);
  wake.wait(lock, [this] { return stopping || !queue.empty(); });
  std::vector<Waiting> group;
  while (!queue.empty() && group.size() < options.group_max) {
    group.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  counters.queue_depth = queue.size();
  const auto now = SteadyClock::now();
  for (const auto& waiting : group)
    counters.queue_times.observe(now - waiting.submitted_at);
  return group;
}

void CommandService::Impl::serve() {
  for (auto group = next_group(); !group.empty(); group = next_group()) {
    std::vector<Submission> submissions;
    submissions.reserve(group.size());
    for (auto& waiting : group)
      submissions.push_back(std::move(waiting.submission));
    auto outcomes = run(submissions);
    const auto now = SteadyClock::now();
    for (std::size_t index = 0; index < group.size(); ++index) {
      counters.answer_times.observe(now - group[index].submitted_at);
      group[index].done(std::move(outcomes[index]));
    }
  }
}

// What a service that was never started still holds.
void CommandService::Impl::refuse_waiting() {
  for (auto& waiting : std::exchange(queue, {})) {
    const Outcome outcome = Failed{Failure::read_only, std::string(stopping_detail)};
    count(waiting.submission, outcome);
    waiting.done(outcome);
  }
}

CommandService::CommandService(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Clock clock)
    : CommandService(log, ids, confirmations, std::move(clock), Options{}) {}

CommandService::CommandService(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Clock clock,
                               Options options)
    : impl_(new Impl{log, ids, confirmations, std::move(clock), options}) {}

CommandService::~CommandService() { stop(); }

void CommandService::start() {
  impl_->thread = std::thread([this] { impl_->serve(); });
}

void CommandService::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_one();
  if (impl_->thread.joinable())
    impl_->thread.join();
  impl_->refuse_waiting();
}

void CommandService::submit(Submission submission, Done done) {
  std::optional<Outcome> refusal;
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopping) {
      refusal = Failed{Failure::read_only, std::string(stopping_detail)};
    } else if (impl_->queue.size() >= impl_->options.queue_max) {
      refusal = Failed{Failure::queue_full, "Too many commands are waiting."};
    } else {
      impl_->queue.push_back({std::move(submission), std::move(done), SteadyClock::now()});
      impl_->counters.queue_depth = impl_->queue.size();
    }
  }
  if (!refusal)
    return impl_->wake.notify_one();
  impl_->count(submission, *refusal);
  done(std::move(*refusal));
}

std::vector<Outcome> CommandService::run_group(std::vector<Submission> group) { return impl_->run(group); }

const CommandCounters& CommandService::counters() const { return impl_->counters; }

const CommandTally& CommandService::tally() const { return impl_->tally; }

std::size_t CommandService::queue_max() const { return impl_->options.queue_max; }

}  // namespace gatehouse
