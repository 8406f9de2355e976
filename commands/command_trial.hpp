// One submission being decided: its commands in order, each on the state that those before it leave behind, all or none. Nothing of it is seen
// elsewhere until the group takes it over. Used by one thread at a time: whoever makes the group, and whoever tries commands that are never recorded.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "commands/command_service.hpp"

namespace gatehouse {

// Where a stream ends: what the next event goes on from.
struct StreamTail {
  std::uint64_t version{};
  Timestamp recorded_at;
};

// What the decision is made on.
struct TrialBasis {
  const TableReader& rows;
  std::function<StreamTail(const AccountId&)> tail_of;
  IdSource& ids;
  const ConfirmationTokens& confirmations;
  Timestamp now;
  Position catalogue_position;
  PersonalSealer* sealer{};  // none: personal texts are recorded as they are
};

class CommandTrial {
 public:
  CommandTrial(TrialBasis basis, const Submission& submission);

  // Decides everything; a refusal names the command. Call once, before what follows.
  [[nodiscard]] std::optional<Refused> decide_all();

  [[nodiscard]] bool has_events() const { return !events_.empty(); }
  [[nodiscard]] std::size_t decided_events() const { return events_.size(); }  // before a refusal, too
  [[nodiscard]] bool changes_catalogue() const;
  [[nodiscard]] const OverlayTable& rows() const { return rows_; }
  [[nodiscard]] const std::map<AccountId, StreamTail>& tails() const { return tails_; }

  // What the log is to write, with the rows; expects the account's version even of a draft without events, whose record says that nothing had to change.
  [[nodiscard]] CommitDraft take_draft();
  // What to answer, still without positions.
  [[nodiscard]] Committed take_committed();

 private:
  [[nodiscard]] std::optional<Refused> decide_one(std::size_t index);
  // False when it tells of somebody whose key is destroyed.
  [[nodiscard]] bool take(const AccountId& stream, Event event);
  [[nodiscard]] std::optional<Refused> draft_frames();
  // Of the account; through the platform's door of the stream that was written to last.
  [[nodiscard]] std::uint64_t account_version() const;
  void expect(const AccountId& stream, std::uint64_t version);

  TrialBasis basis_;
  const Submission& submission_;
  OverlayTable rows_;
  std::map<AccountId, StreamTail> tails_;
  std::vector<StreamVersion> expect_;
  Envelope common_;  // what the events of one commit share
  std::vector<RecordedEvent> events_;
  std::vector<std::size_t> command_of_event_;
  std::vector<EventDraft> drafts_;
  std::vector<CommandResult> results_;
};

}  // namespace gatehouse
