// Takes commands to their outcome: gather, decide, commit, answer. A bounded queue is drained in groups; each command is decided on the state
// that the earlier ones of its group, and of the group that is being written, leave behind. A group becomes durable with one synced write, after the one
// before it. The answer is given only then.
// Threads: two of its own take turns. submit() from any thread; `done` runs on one of the two, never on both at once and in the order of the groups (on
// the caller's when nothing was taken), and must be quick: post elsewhere.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "commands/command_counters.hpp"
#include "domain/commands.hpp"
#include "domain/decide.hpp"
#include "events/envelope.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

// One request: a single command, or a batch that is appended all or none.
struct Submission {
  AccountId account_id;  // catalogue_stream for the platform door
  Caller caller;
  std::vector<Command> commands;
  // From account, client, caller and Idempotency-Key through a cryptographic hash, so that nobody can make another one's key.
  std::optional<Uuid> command_key;
  std::optional<Uuid> former_command_key{};  // as a version that did not look at the client named it
  Digest request_digest{};                   // of door and body: the same key with another digest is misuse
  std::vector<std::uint64_t>
      if_match;        // any of these versions; for several commands: of the account; empty: whatever it is
  bool must_be_new{};  // what the commands make: each of them makes_what_it_names()
  bool dry_run{};
  Uuid correlation_id;
};

struct Committed {
  Position position;  // of the last event; without events, of what it was decided on
  std::uint64_t
      account_version{};  // of the account after the events; through the platform door, of the stream written to last
  std::vector<RecordedEvent> events;
  std::vector<CommandResult> results;  // one per command
  bool replayed{};                     // the stored outcome of an earlier request with this key
};

struct Refused {
  Rejection rejection;
  std::size_t command_index{};  // which command of a batch
};

enum class Failure : std::uint8_t {
  queue_full,  // not taken; try again later
  read_only,   // certainly not written: no space, stopping, or an earlier write whose outcome is unknown
  key_reused,  // the idempotency key belongs to another request
  contended,   // the account changed under us again and again; not written
  unknown      // may or may not be written; repeat with the same idempotency key
};

struct Failed {
  Failure failure{};
  std::string detail;
};

using Outcome = std::variant<Committed, Refused, Failed>;

class CommandTally;

// Wall time, as data. Tests give their own.
using Clock = std::function<Timestamp()>;

class CommandService {
 public:
  struct Options {
    std::size_t queue_max = 10'000;  // waiting submissions; more are refused with queue_full
    std::size_t group_max = 512;     // submissions made durable together
    int conflict_retries_max = 8;
    SubjectKeys* keys =
        nullptr;  // seals personal texts, and outlives the service; without, they are recorded as they are
    // Told that the keys of new persons cannot be written, by whoever wrote them.
    std::function<void(const std::string& reason)> keys_failed = [](const std::string&) {};
  };
  using Done = std::function<void(Outcome)>;

  // `log`, `ids` and `confirmations` must outlive the service. Nothing runs before start().
  CommandService(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Clock clock, Options options);
  CommandService(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Clock clock);
  ~CommandService();  // stop()

  void start();
  // Stops taking new submissions, answers all that were taken, then returns.
  void stop();

  void submit(Submission submission, Done done);

  // The same path on the caller's thread, for tests that run from a seed: the whole group, in order. Not together with start().
  std::vector<Outcome> run_group(std::vector<Submission> group);

  // What is decided now is recorded at this time or later. Never goes back. Any thread.
  [[nodiscard]] Timestamp now();
  // Nothing is recorded at this time or before it any more, and all that was can be read in the log (commands/recording_times.hpp). Any thread.
  [[nodiscard]] bool is_over(Timestamp time);

  [[nodiscard]] const CommandCounters& counters() const;
  [[nodiscard]] const CommandTally& tally() const;
  [[nodiscard]] std::size_t queue_max() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse
