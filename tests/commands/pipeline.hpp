// The command pipeline on a log in memory, from a seed and a clock that stands still, and a log that lets a test step in between.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "commands/command_service.hpp"
#include "commands/system_ids.hpp"
#include "store/memory_event_log.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse::test {

// Passes everything on, unless a test has something to say first.
class InterferingLog : public EventLog {
 public:
  explicit InterferingLog(EventLog& log) : log_(log) {}

  std::function<void()> before_append;  // runs once
  std::optional<AppendStatus> answer;   // of every append from now on; nothing is written

  std::vector<AppendResult> append(std::span<CommitDraft> group) override;
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& id) const override {
    return log_.find_command(id);
  }
  [[nodiscard]] EventPage read(Position after, std::size_t events_max) const override {
    return log_.read(after, events_max);
  }
  [[nodiscard]] EventPage read_stream(const AccountId& stream, std::uint64_t after,
                                      std::size_t events_max) const override {
    return log_.read_stream(stream, after, events_max);
  }
  [[nodiscard]] std::optional<StoredEvent> read_at(Position position) const override { return log_.read_at(position); }
  [[nodiscard]] Position head() const override { return log_.head(); }
  [[nodiscard]] std::shared_ptr<const StateSnapshot> state() const override { return log_.state(); }
  [[nodiscard]] std::string read_only_reason() const override { return log_.read_only_reason(); }
  [[nodiscard]] std::unique_ptr<Listener> on_append(std::function<void(Position)> notify) override {
    return log_.on_append(std::move(notify));
  }
  void seen(Position position) override { log_.seen(position); }

 private:
  EventLog& log_;
};

[[nodiscard]] Submission submission_of(const Caller& caller, std::vector<Command> commands,
                                       std::string account = "acme");
// With an idempotency key; the digest stands for the request's body.
[[nodiscard]] Submission keyed(Submission submission, std::uint8_t key, std::uint8_t digest = 1);

// The account "acme" with its owner "owner".
[[nodiscard]] Submission opening(const std::string& account = "acme");

struct Pipeline {
  explicit Pipeline(EventLog& event_log, std::uint64_t seed = 1)
      : ids(seed), service(event_log, ids, tokens, [this] { return now; }) {}

  std::vector<gatehouse::Outcome> run(std::vector<Submission> group) { return service.run_group(std::move(group)); }
  // One submission that must be committed.
  Committed commit(Submission submission);

  SeededIds ids;
  PlainTokens tokens;
  Timestamp now{1'700'000'000'000};
  CommandService service;
};

[[nodiscard]] const Committed& committed(const gatehouse::Outcome& outcome);
[[nodiscard]] RejectionCode refused(const gatehouse::Outcome& outcome);
[[nodiscard]] std::optional<Failure> failed(const gatehouse::Outcome& outcome);

// Every frame, in order.
[[nodiscard]] std::vector<std::string> frames_of(const EventLog& log);

}  // namespace gatehouse::test
