#include "commands/command_service.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "commands/command_round.hpp"

namespace gatehouse {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view stopping_detail = "The server is stopping.";

// While a group is being appended, so many are decided at once: waking a thread for each costs more than it gains.
constexpr std::size_t decided_together = 8;
// When its turn has come a group of this size waits for no more.
constexpr std::size_t group_enough = 32;

// Leaves what comes after a submission that fills the group.
void decide_until_full(CommandRound& round, std::deque<WaitingSubmission>& waiting) {
  while (!waiting.empty() && !round.full()) {
    round.decide(std::move(waiting.front()));
    waiting.pop_front();
  }
}

}  // namespace

// Two threads take turns: while one appends its group, the other decides the next one on what that changes, and takes into it what comes until it is
// its turn to append. Answers are given in the order of the groups.
struct CommandService::Impl {
  CommandParts parts;

  std::mutex mutex{};
  std::condition_variable wake{};
  SubmissionQueue queue{};
  bool stopping = false;
  bool deciding = false;                           // a thread is making a group
  std::shared_ptr<const CommandGroup> has_turn{};  // it is being appended
  std::mutex answering{};                          // taken in the order of turns
  std::array<std::thread, 2> threads{};

  void serve();
  [[nodiscard]] bool may_decide() const;
  [[nodiscard]] std::optional<CommandRound> next_round(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool worth_deciding(const CommandRound& round) const;
  void decide(std::unique_lock<std::mutex>& lock, CommandRound& round, std::deque<WaitingSubmission> taken);
  static void keep_keys_ahead(std::unique_lock<std::mutex>& lock, CommandRound& round);
  [[nodiscard]] std::deque<WaitingSubmission> take_waiting(std::size_t count_max);
  void put_back(std::deque<WaitingSubmission> taken);
  void refuse_waiting();
};

void CommandService::Impl::serve() {
  std::unique_lock lock(mutex);
  while (auto round = next_round(lock)) {
    lock.unlock();
    auto again = round->append();
    const std::lock_guard in_order(answering);
    lock.lock();
    put_back(std::move(again));
    has_turn.reset();
    const bool somebody_waits = deciding || stopping || !queue.empty();
    lock.unlock();
    if (somebody_waits)
      wake.notify_one();
    round->answer();
    lock.lock();
  }
}

// What closed a group has to be in the log before anything after it is decided.
bool CommandService::Impl::may_decide() const {
  const bool wait_for_turn = has_turn && has_turn->closed();
  return !deciding && !wait_for_turn && (stopping || !queue.empty());
}

// A round that has its turn; none when the service is stopping and everything was taken.
std::optional<CommandRound> CommandService::Impl::next_round(std::unique_lock<std::mutex>& lock) {
  wake.wait(lock, [this] { return may_decide(); });
  if (queue.empty())
    return std::nullopt;
  deciding = true;
  std::optional<CommandRound> round(std::in_place, parts, has_turn);
  while (has_turn || worth_deciding(*round)) {
    if (worth_deciding(*round))
      decide(lock, *round, take_waiting(std::min(decided_together, parts.options.group_max - round->size())));
    else if (round->keys_to_keep() >= decided_together)
      keep_keys_ahead(lock, *round);
    else
      wake.wait(lock, [&] { return !has_turn || worth_deciding(*round); });
  }
  if (!round->take_turn()) {
    auto again = round->take_waiting();
    round.emplace(parts, nullptr);
    decide(lock, *round, std::move(again));
  }
  has_turn = round->group();
  deciding = false;
  if (!queue.empty())
    wake.notify_one();
  return round;
}

// Whether to take more into it before its turn comes, or although it has.
bool CommandService::Impl::worth_deciding(const CommandRound& round) const {
  if (round.full() || round.size() >= parts.options.group_max || queue.empty())
    return false;
  return has_turn ? round.size() == 0 || queue.size() >= decided_together : round.size() < group_enough;
}

void CommandService::Impl::decide(std::unique_lock<std::mutex>& lock, CommandRound& round,
                                  std::deque<WaitingSubmission> taken) {
  lock.unlock();
  decide_until_full(round, taken);
  lock.lock();
  put_back(std::move(taken));
}

void CommandService::Impl::keep_keys_ahead(std::unique_lock<std::mutex>& lock, CommandRound& round) {
  lock.unlock();
  round.keep_keys_ahead();
  lock.lock();
}

std::deque<WaitingSubmission> CommandService::Impl::take_waiting(std::size_t count_max) {
  std::deque<WaitingSubmission> taken;
  const auto now = SteadyClock::now();
  while (!queue.empty() && taken.size() < count_max) {
    taken.push_back(queue.take());
    parts.counters.queue_times.observe(now - taken.back().submitted_at);
  }
  parts.counters.queue_depth = queue.size();
  return taken;
}

void CommandService::Impl::put_back(std::deque<WaitingSubmission> taken) {
  queue.put_back(std::move(taken));
  parts.counters.queue_depth = queue.size();
}

// What a service that was never started still holds.
void CommandService::Impl::refuse_waiting() {
  while (!queue.empty()) {
    auto waiting = queue.take();
    const Outcome outcome = Failed{Failure::read_only, std::string(stopping_detail)};
    count_outcome(parts, waiting.submission, outcome);
    waiting.done(outcome);
  }
}

CommandService::CommandService(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Clock clock)
    : CommandService(log, ids, confirmations, std::move(clock), Options{}) {}

CommandService::CommandService(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Clock clock,
                               Options options)
    : impl_(new Impl{.parts = {log, ids, confirmations, RecordingTimes(std::move(clock)), std::move(options)}}) {}

CommandService::~CommandService() { stop(); }

void CommandService::start() {
  for (auto& thread : impl_->threads)
    thread = std::thread([this] { impl_->serve(); });
}

void CommandService::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  for (auto& thread : impl_->threads) {
    if (thread.joinable())
      thread.join();
  }
  impl_->refuse_waiting();
}

void CommandService::submit(Submission submission, Done done) {
  std::optional<Outcome> refusal;
  bool wakes = false;
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopping) {
      refusal = Failed{Failure::read_only, std::string(stopping_detail)};
    } else if (impl_->queue.size() >= impl_->parts.options.queue_max) {
      refusal = Failed{Failure::queue_full, "Too many commands are waiting."};
    } else {
      impl_->queue.push({std::move(submission), std::move(done), SteadyClock::now()});
      impl_->parts.counters.queue_depth = impl_->queue.size();
      wakes = !impl_->deciding || impl_->queue.size() == decided_together;
    }
  }
  if (wakes)
    impl_->wake.notify_one();
  if (!refusal)
    return;
  count_outcome(impl_->parts, submission, *refusal);
  done(std::move(*refusal));
}

// Each of them is answered before this returns, so what is decided again comes first.
std::vector<Outcome> CommandService::run_group(std::vector<Submission> group) {
  std::vector<Outcome> outcomes(group.size());
  std::deque<WaitingSubmission> waiting;
  for (std::size_t index = 0; index < group.size(); ++index) {
    const auto keep = [&outcomes, index](Outcome outcome) { outcomes[index] = std::move(outcome); };
    waiting.push_back({std::move(group[index]), keep, SteadyClock::now()});
  }
  while (!waiting.empty()) {
    CommandRound round(impl_->parts, nullptr);
    decide_until_full(round, waiting);
    auto again = round.append();
    round.answer();
    for (; !again.empty(); again.pop_back())
      waiting.push_front(std::move(again.back()));
  }
  return outcomes;
}

Timestamp CommandService::now() { return impl_->parts.times.now(); }

bool CommandService::is_over(Timestamp time) { return impl_->parts.times.is_over(time); }

const CommandCounters& CommandService::counters() const { return impl_->parts.counters; }

const CommandTally& CommandService::tally() const { return impl_->parts.tally; }

std::size_t CommandService::queue_max() const { return impl_->parts.options.queue_max; }

}  // namespace gatehouse
