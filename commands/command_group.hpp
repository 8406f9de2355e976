// One commit group in the making: each submission is decided on the log's state under the changes of those before it. What was accepted is staged
// as drafts for one append; what was refused leaves nothing behind. While a group is being appended, the next one is decided on what it changes.
// Used by one thread at a time; a group that another is decided on is only read by that, and not while it begins to be appended.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "commands/command_service.hpp"
#include "commands/command_trial.hpp"
#include "sealing/key_draft.hpp"

namespace gatehouse {

class CommandGroup {
 public:
  // `keys` seals personal texts; without, they are recorded as they are. `before` is being appended, or is about to be.
  CommandGroup(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, SubjectKeys* keys = nullptr,
               std::shared_ptr<const CommandGroup> before = nullptr);

  // The outcome if it is known without an append, or nothing: then append() tells it. What was decided on changes that are not durable yet,
  // a refusal for example, is not known before they are.
  [[nodiscard]] std::optional<Outcome> add(const Submission& submission, Timestamp now);

  // A command that changes the catalogue closes its group: the ones after it are to know the catalogue's position (their basis).
  [[nodiscard]] bool closed() const { return closed_; }
  // Of everything that was added, refused and tried ones as well: what its deciding took.
  [[nodiscard]] std::size_t decided_events() const { return decided_events_; }
  // Whether it was to record a command with this idempotency key.
  [[nodiscard]] bool has_key(const Uuid& command_key) const { return keys_.contains(command_key); }

  // Persons' keys that append() has to write can be written ahead, before the group has its turn, so that nobody waits for them then. How many
  // there are; none when they could not be, which append() tells.
  [[nodiscard]] std::size_t keys_to_keep() const { return keeps_ahead_ && new_keys_ ? new_keys_->made().size() : 0; }
  void keep_keys_ahead();

  // To be called when the group before it has been appended, before append() and before another group is decided on this one. False: that was not
  // written as it was decided, so nothing that was decided on it stands; this group is of no use.
  [[nodiscard]] bool take_turn();
  // Appends what was staged. One entry for each add() that answered nothing, in that order; an entry without an outcome met a conflict, or was
  // decided on something that was not written, and has to be decided again. After an append the group is used up.
  [[nodiscard]] std::vector<std::optional<Outcome>> append();
  // Whether it may or may not have been written. The state is not known any more then: nothing can be decided.
  [[nodiscard]] bool outcome_unknown() const { return outcome_unknown_; }
  // Whether all of it is in the log as it was decided, so that what was decided on it stands.
  [[nodiscard]] bool written() const { return written_; }
  // Why the keys of new persons could not be written, otherwise empty.
  [[nodiscard]] const std::string& keys_failure() const { return keys_failure_; }

 private:
  struct Drafted {
    Committed committed;
  };
  // The same request again, in the same group.
  struct Twin {
    std::size_t of{};
  };
  // The same request again, in the group before it.
  struct Repeated {
    Uuid command_key;
  };
  // Decided on the changes staged before it, without any of its own.
  struct Provisional {
    Outcome outcome;
  };
  using Staged = std::variant<Drafted, Twin, Repeated, Provisional>;

  [[nodiscard]] StreamTail tail_of(const AccountId& stream) const;
  // What the key was used for before: by a command in the log, or in this group.
  [[nodiscard]] std::optional<Outcome> known(const Submission& submission) const;
  [[nodiscard]] std::optional<Outcome> settle(Outcome outcome);
  [[nodiscard]] Outcome replay(const CommandRecord& record) const;
  // Whether it is the same request as one that has not been appended yet, or misuses its key.
  [[nodiscard]] bool stage_repetition(const Submission& submission);
  void stage(const Submission& submission, CommandTrial& trial);
  // Before what they seal: a text without its key would be lost. What went wrong, otherwise nothing.
  [[nodiscard]] std::optional<Failed> keep_new_keys();
  [[nodiscard]] std::optional<Outcome> outcome_of(AppendResult& result, Committed committed) const;

  EventLog& log_;
  IdSource& ids_;
  const ConfirmationTokens& confirmations_;
  SubjectKeys* subject_keys_;
  std::uint64_t destroyed_before_;
  std::optional<KeyDraft> new_keys_;               // when texts are sealed
  std::shared_ptr<const CommandGroup> before_;     // until it is this one's turn
  std::shared_ptr<const StateSnapshot> snapshot_;  // with what is before `before_`
  OverlayTable changes_;
  Position catalogue_position_;
  std::map<AccountId, StreamTail> tails_;
  std::map<Uuid, std::pair<std::size_t, Digest>> keys_;
  std::vector<Staged> staged_;
  std::vector<CommitDraft> drafts_;
  std::size_t decided_events_ = 0;
  bool closed_ = false;
  bool keeps_ahead_ = true;
  bool kept_ahead_ = false;
  bool written_ = false;
  bool outcome_unknown_ = false;
  std::string keys_failure_;
};

}  // namespace gatehouse
