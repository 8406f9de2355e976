// What a question assumes (context.assume): other settings, other roles, other people on the app's list. The rows are as they would be if the account's owner
// had given the commands for it; nothing is written.
//
//   settings:   {"public": {"required", "exempt_platform", "exempt_account"}, "unlisted": the same, "user_installs_blocked"}; what is left out stays
//   roles:      {"<user id>": "<role id>"}
//   allow_list: ["<user id, or e-mail>"], to whom the app of the question is granted: on its list as well, or, where it has none, on one of their own
#pragma once
#include <memory>
#include <vector>

#include "api/authzen/question.hpp"
#include "commands/command_trial.hpp"
#include "commands/system_ids.hpp"
#include "domain/always_confirmed.hpp"
#include "sealing/key_draft.hpp"

namespace gatehouse::api::authzen {

class AssumedState {
 public:
  // `context` outlives it.
  explicit AssumedState(const QueryContext& context);

  [[nodiscard]] std::optional<Problem> take(Command command);
  // What was asked, about the rows that are assumed.
  [[nodiscard]] QueryContext context() const;

 private:
  struct Step {
    Submission submission;
    std::unique_ptr<CommandTrial> trial;
  };
  [[nodiscard]] const TableReader& rows() const;

  const QueryContext& context_;
  SeededIds ids_;
  AlwaysConfirmed confirmations_;
  std::optional<KeyDraft> sealer_;  // what it makes goes with it
  std::vector<std::unique_ptr<Step>> steps_;
  mutable std::optional<State> state_;
};

// Null where nothing is assumed. Whoever assumes something must be allowed to see what it is about: MarketPlace:Read.
[[nodiscard]] Read<std::unique_ptr<AssumedState>> assume(const QueryContext& context, const Question& question);

}  // namespace gatehouse::api::authzen
