// Decides again what was decided, on the state of its moment: the command is made of its events, and is the right one if it gives them again, byte for
// byte but for the ids that a decision makes.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "domain/commands.hpp"
#include "events/envelope.hpp"
#include "events/personal_reader.hpp"
#include "replay/decision_inputs.hpp"
#include "store/event_log.hpp"
#include "table/table.hpp"

namespace gatehouse {

struct ReplayedDecision {
  RecordedEvent event;             // the one that was asked about
  Position basis;                  // of the last event before it; of a batch, by the command before it
  std::optional<Command> command;  // that gives its events again; nothing where they do not say what it was
  bool has_erased{};               // a text of the commit's events is erased, which may be why
  std::vector<Position> events;    // what the command gave, in the account
  std::vector<DecisionInput> inputs;
  std::size_t inputs_left_out{};
};

// `past` is the table of the projection `past`, and has arrived at `position`; `reader` opens sealed texts, and is null where the log seals none. Texts
// that are erased are not compared. Nothing where the log has no event that this program knows.
[[nodiscard]] std::optional<ReplayedDecision> replay_decision(const EventLog& log,
                                                              const std::shared_ptr<const TableReader>& past,
                                                              const PersonalReader* reader, Position position);

}  // namespace gatehouse
