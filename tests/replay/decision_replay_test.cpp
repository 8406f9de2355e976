// What was decided is decided again from the history alone, and every row that the decision looked at names the event that had left it so.
#include "replay/decision_replay.hpp"

#include <rapidcheck/gtest.h>

#include "events/codec.hpp"
#include "events/personal_parts.hpp"
#include "projections/past.hpp"
#include "sealing/sealed_events.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse::testing {
namespace {

// What manifests, deliveries and webhooks were told does not all stand in their events.
bool is_told(const Event& event) { return type_number_of(event) >= 101 && type_number_of(event) < 600; }

// What was erased cannot be decided again.
bool tells_of_erased(const World& world, RecordedEvent event) {
  bool erased = false;
  open_event(world.keys.get(), event);
  visit_personal_of(std::get<Event>(event.data), [&](const PersonalText& text) {
    erased = erased || text.unreadable == PersonalText::Unreadable::erased;
  });
  return erased;
}

RC_GTEST_PROP(DecisionReplay, gives_the_events_again, ()) {
  const World world(*rc::gen::arbitrary<std::uint64_t>(), 150);
  const auto events = all_events(world.log);
  const auto past = std::make_shared<MemoryTable>();
  const PastProjection projection;
  for (const auto& event : events)
    projection.apply(*past, event);
  for (const auto& event : events) {
    const auto& envelope = event.envelope;
    if (is_platform_stream(envelope.account_id) || !is_told(*event.known()) ||
        std::holds_alternative<AccountOpened>(*event.known()))
      continue;
    const auto replayed = replay_decision(world.log, past, world.keys.get(), envelope.position);
    RC_ASSERT(replayed.has_value());
    const bool opened = std::holds_alternative<AccountOpened>(*events[envelope.commit_first.value - 1].known());
    if (opened)
      continue;
    if (!replayed->command && tells_of_erased(world, event))
      continue;
    if (!replayed->command)
      RC_FAIL("not decided again: " + std::string(name_of(*event.known())) + " at " +
              std::to_string(envelope.position.value));
    RC_ASSERT(std::ranges::find(replayed->events, envelope.position) != replayed->events.end());
    RC_ASSERT(!replayed->inputs.empty());
    for (const auto& input : replayed->inputs) {
      RC_ASSERT(input.value.has_value() == (input.set_by.value != 0));
      RC_ASSERT(input.set_by < envelope.position);
    }
  }
}

}  // namespace
}  // namespace gatehouse::testing
