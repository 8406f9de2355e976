// Decides again what was decided, on the state of its moment: the command is made of its events, and is the right one if it gives them again, byte for
// byte but for the ids that a decision makes.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/commands.hpp"
#include "events/envelope.hpp"
#include "events/personal_reader.hpp"
#include "store/event_log.hpp"
#include "table/table.hpp"

namespace gatehouse {

inline constexpr std::size_t decision_inputs_max = 200;

// A row of the state that a decision looked at, and the event that had left it so; position 0 where there was no row.
struct DecisionInput {
  std::string key;
  std::optional<std::string> value;
  Position set_by;
};

struct ReplayedDecision {
  RecordedEvent event;             // the one that was asked about
  Position basis;                  // of the last event before the commit
  std::optional<Command> command;  // that gives its events again; nothing where they do not say what it was
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
