// Whether a read model has parked the event is no rule: the state does not know read models.
#include "domain/folds.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

Decided decide_one(const State&, const DecisionContext&, const RetryParkedEvent& command) {
  Decision decision;
  decision.events.push_back(
      {transparency_stream, ParkedEventRetried{command.projection, command.projection_version, command.stream,
                                               command.event_position, command.operator_id}});
  return decision;
}

Decided decide_one(const State&, const DecisionContext&, const SkipParkedEvent& command) {
  Decision decision;
  decision.events.push_back(
      {transparency_stream, ParkedEventSkipped{command.projection, command.projection_version, command.stream,
                                               command.event_position, command.operator_id, command.reason}});
  return decision;
}

void evolve_one(Table&, const EventContext&, const ParkedEventRetried&) {}
void evolve_one(Table&, const EventContext&, const ParkedEventSkipped&) {}

}  // namespace gatehouse
