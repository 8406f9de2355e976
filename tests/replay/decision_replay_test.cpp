// What was decided is decided again from the history alone, and of every row that the decision looked at it is known which event had set which member.
#include "replay/decision_replay.hpp"

#include <rapidcheck/gtest.h>

#include <map>

#include "events/codec.hpp"
#include "events/personal_parts.hpp"
#include "projections/past.hpp"
#include "projections/state_projection.hpp"
#include "sealing/sealed_events.hpp"
#include "table/overlay_table.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse::testing {
namespace {

// Deliveries are recorded by the server itself, and so is what becomes of the endpoints that it calls.
bool is_told(const Event& event) {
  if (const auto* disabled = std::get_if<WebhookEndpointDisabled>(&event))
    return disabled->cause == EndpointDisabledCause::requested;
  return (type_number_of(event) >= 101 && type_number_of(event) < 600) ||
         std::holds_alternative<WebhookEndpointRegistered>(event) ||
         std::holds_alternative<WebhookEndpointChanged>(event) || std::holds_alternative<WebhookSecretRotated>(event) ||
         std::holds_alternative<WebhookEndpointEnabled>(event) ||
         std::holds_alternative<WebhookEndpointRemoved>(event) ||
         std::holds_alternative<WebhookValidationRequested>(event) ||
         std::holds_alternative<WebhookResendRequested>(event);
}

// What was erased cannot be decided again.
bool tells_of_erased(const World& world, RecordedEvent event) {
  bool erased = false;
  open_event(world.keys.get(), event);
  visit_personal_of(std::get<Event>(event.data), [&](const PersonalText& text) {
    erased = erased || text.unreadable == PersonalText::Unreadable::erased;
  });
  return erased;
}

// Which event had set which member of which row, found out by folding one event after the other.
class Setters {
 public:
  void apply(const RecordedEvent& event) {
    auto changed = OverlayTable::on(rows_);
    state_.apply(changed, event);
    for (const auto& [key, value] : changed.changes())
      note(key, value, event.envelope.position);
    changed.merge_into(rows_);
  }

  void expect_named(const DecisionInput& input) const {
    RC_ASSERT(input.others_until.value == 0U);
    std::map<std::string_view, Position> named;
    for (const auto& set : input.set_by) {
      for (const auto& member : set.members)
        named[member] = set.position;
      if (set.members.empty())
        named[""] = set.position;
    }
    const auto known = setters_.find(input.key);
    RC_ASSERT(named == (known == setters_.end() ? std::map<std::string_view, Position>() : known->second));
    RC_ASSERT(input.value == rows_.get(input.key));
  }

 private:
  void note(const std::string& key, const std::optional<std::string>& value, Position position) {
    const auto before = rows_.get(key);
    if (before == value)
      return;
    auto& of_row = setters_[key];
    if (!value) {
      of_row = {{"", position}};
      return;
    }
    if (!before)
      of_row.clear();
    const auto* shape = find_shape(state_.shapes(), key);
    if (shape->members_of == nullptr) {
      of_row = {{"", position}};
      return;
    }
    const auto now = shape->members_of(*value);
    for (std::size_t member = 0; member < now.size(); ++member) {
      if (!before || shape->members_of(*before)[member].bytes != now[member].bytes)
        of_row[now[member].name] = position;
    }
  }

  StateProjection state_;
  MemoryTable rows_;
  std::map<std::string, std::map<std::string_view, Position>> setters_;
};

RC_GTEST_PROP(DecisionReplay, gives_the_events_again, ()) {
  const World world(*rc::gen::arbitrary<std::uint64_t>(), 150);
  const auto events = all_events(world.log);
  const auto past = std::make_shared<MemoryTable>();
  const PastProjection projection;
  for (const auto& event : events)
    projection.apply(*past, event);
  Setters setters;
  std::size_t folded = 0;
  for (const auto& event : events) {
    const auto& envelope = event.envelope;
    if (is_platform_stream(envelope.account_id) || !is_told(*event.known()))
      continue;
    const auto replayed = replay_decision(world.log, past, world.keys.get(), envelope.position);
    RC_ASSERT(replayed.has_value());
    if (!replayed->command && tells_of_erased(world, event))
      continue;
    if (!replayed->command)
      RC_FAIL("not decided again: " + std::string(name_of(*event.known())) + " at " +
              std::to_string(envelope.position.value));
    RC_ASSERT(std::ranges::find(replayed->events, envelope.position) != replayed->events.end());
    RC_ASSERT(!replayed->inputs.empty());
    if (replayed->events.front() != envelope.position)
      continue;
    while (events[folded].envelope.position < envelope.position)
      setters.apply(events[folded++]);
    for (const auto& input : replayed->inputs)
      setters.expect_named(input);
  }
}

}  // namespace
}  // namespace gatehouse::testing
