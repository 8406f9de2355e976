// One commit group in the making: each submission is decided on the log's state under the changes of those before it. What was accepted is staged
// as drafts for one append; what was refused leaves nothing behind. Used by the commit thread alone.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "commands/command_service.hpp"

namespace gatehouse {

class CommandGroup {
 public:
  CommandGroup(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Timestamp now);

  // The outcome if it is known without an append, or nothing: then append() tells it.
  [[nodiscard]] std::optional<Outcome> add(const Submission& submission);

  // A command that changes the catalogue closes its group: the ones after it are to know the catalogue's position (their basis).
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] bool empty() const { return staged_.empty(); }

  // Appends what was staged. One entry for each add() that answered nothing, in that order; an entry without an outcome met a conflict and has
  // to be decided again. After an append the group is used up.
  [[nodiscard]] std::vector<std::optional<Outcome>> append();

 private:
  struct Tail {
    std::uint64_t version{};
    Timestamp recorded_at;
  };
  // The commands of one submission, decided but not yet staged.
  struct Trial;
  struct Staged {
    Committed committed;
    bool drafted{};                     // has a draft of its own; otherwise it repeats `first`
    std::optional<std::size_t> first;   // the submission of this group with the same key
  };

  [[nodiscard]] Tail tail_of(const AccountId& stream) const;
  [[nodiscard]] std::optional<Outcome> known(const Submission& submission);
  [[nodiscard]] std::optional<Refused> decide_all(const Submission& submission, Trial& trial) const;
  void take(Trial& trial, const AccountId& stream, Event event) const;
  [[nodiscard]] Outcome replay(const CommandRecord& record) const;
  void stage(const Submission& submission, Trial& trial);
  [[nodiscard]] CommitDraft draft_of(const Submission& submission, Trial& trial);
  [[nodiscard]] std::optional<Outcome> outcome_of(AppendResult& result, Staged& staged) const;

  EventLog& log_;
  IdSource& ids_;
  const ConfirmationTokens& confirmations_;
  Timestamp now_;
  std::shared_ptr<const StateSnapshot> snapshot_;
  OverlayTable changes_;
  Position catalogue_position_;
  std::map<AccountId, Tail> tails_;
  std::map<Uuid, std::pair<std::size_t, Digest>> keys_;
  std::vector<Staged> staged_;
  std::vector<CommitDraft> drafts_;
  bool closed_ = false;
};

}  // namespace gatehouse
