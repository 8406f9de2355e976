// Whether the heads are right is no rule: whoever folds the log afterwards finds out.
#include "domain/folds.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

Decided decide_one(const State&, const DecisionContext&, const CommitAccountHeads& command) {
  Decision decision;
  decision.events.push_back(
      {transparency_stream, AccountHeadsCommitted{command.through, command.accounts, command.root}});
  return decision;
}

void evolve_one(Table&, const EventContext&, const AccountHeadsCommitted&) {}

}  // namespace gatehouse
