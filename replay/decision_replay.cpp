#include "replay/decision_replay.hpp"

#include <algorithm>
#include <utility>

#include "domain/always_confirmed.hpp"
#include "domain/decide.hpp"
#include "domain/likely_commands.hpp"
#include "domain/state_keys.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "events/personal_parts.hpp"
#include "projections/past.hpp"
#include "projections/state_projection.hpp"
#include "replay/traced_rows.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse {

namespace {

constexpr std::uint16_t commit_events_max = 10'000;
constexpr std::size_t events_looked_at_max = 100'000;  // of one commit, by all attempts together

// Hands out ids that can be told from all others, to find them again in what was decided.
class MarkedIds final : public IdSource {
 public:
  Uuid next(Timestamp /*now*/) override {
    auto id = marked();
    ++made_;
    for (std::size_t at = 0; at < sizeof made_; ++at)
      id.bytes[id.bytes.size() - 1 - at] = static_cast<std::uint8_t>(made_ >> (8 * at));
    return id;
  }
  std::array<std::uint8_t, 16> salt() override { return {}; }

  // What the text of every id begins with.
  [[nodiscard]] static std::string mark() { return to_text(marked()).substr(0, mark_length); }

 private:
  static constexpr std::size_t mark_length = 16;  // three bytes in four letters, without those of the counter

  static Uuid marked() {
    Uuid id;
    id.bytes.fill(0xEE);
    return id;
  }

  std::uint32_t made_{};
};

std::string bytes_of(const Event& event) {
  std::string body, personal;
  encode_event(event, body, personal);
  return std::to_string(type_number_of(event)) + "\n" + body + personal;
}

// What a command asks for is the same, whichever version of the event says how it is carried out.
Event in_the_manner_of(const Event& recorded, Event decided) {
  auto* added = std::get_if<AppAddedForAudience>(&decided);
  if (const auto* then = std::get_if<AppAddedForAudience>(&recorded); added != nullptr && then != nullptr)
    added->keeps_present = then->keeps_present;
  return decided;
}

// The ids that the second decision made stand where the first one's did.
bool same_but_for_ids(const Event& decided, const Event& recorded) {
  auto again = bytes_of(decided);
  const auto then = bytes_of(recorded);
  if (again.size() != then.size())
    return false;
  const auto mark = MarkedIds::mark();
  const auto id_length = to_text(Uuid{}).size();
  for (auto at = again.find(mark); at != std::string::npos; at = again.find(mark, at + id_length))
    again.replace(at, id_length, then, at, id_length);
  return again == then;
}

// With its texts as they read, however they are stored.
Event as_told(const State& state, Event event) {
  visit_personal_of(event, [&](PersonalText& text) {
    text = state.opened(std::move(text));
    text.sealed.clear();
  });
  return event;
}

class Replay {
 public:
  Replay(std::shared_ptr<const TableReader> past, const PersonalReader* reader, std::vector<RecordedEvent> commit)
      : past_(std::move(past)), reader_(reader), commit_(std::move(commit)) {
    for (const auto& event : commit_) {
      readable_.push_back(event);
      open_event(reader_, readable_.back());
    }
  }

  ReplayedDecision run(const RecordedEvent& asked) const {
    std::size_t looked_at = 0;
    for (std::size_t at = 0; at < commit_.size();) {
      looked_at += commit_.size() - at;
      auto decision = looked_at > events_looked_at_max ? unknown(at) : decide_again(asked.envelope.account_id, at);
      if (std::ranges::find(decision.events, asked.envelope.position) != decision.events.end()) {
        decision.event = asked;
        decision.basis = {decision.events.front().value - 1};
        decision.has_erased = has_erased();
        return decision;
      }
      at += decision.events.size();
    }
    return {};
  }

 private:
  [[nodiscard]] bool has_erased() const {
    bool erased = false;
    for (auto event : readable_)
      visit_personal_of(std::get<Event>(event.data), [&](const PersonalText& text) {
        erased = erased || text.unreadable == PersonalText::Unreadable::erased;
      });
    return erased || std::ranges::any_of(commit_, [this](const auto& event) { return names_erased_address(event); });
  }

  // The event names the entry of a list by its id; the address that the command named stands in the state.
  [[nodiscard]] bool names_erased_address(const RecordedEvent& event) const {
    const auto* removed = event.known() ? std::get_if<AllowListEntryRemoved>(event.known()) : nullptr;
    if (removed == nullptr)
      return false;
    const auto& account = event.envelope.account_id;
    const auto rows = past_rows(past_, state_projection, {event.envelope.position.value - 1});
    const State before(*rows, account, reader_);
    const auto entry = rows->get(state_keys::entry_by_id(account, removed->app_id, removed->entry_id));
    const auto row = entry ? before.allow_list_entry(removed->app_id, *entry) : std::nullopt;
    return row && before.opened(row->email).unreadable == PersonalText::Unreadable::erased;
  }

  // What follows in the commit, from the event at `at` on. The commands before it in a batch have changed the state that it was decided on.
  ReplayedDecision decide_again(const AccountId& account, std::size_t at) const {
    const auto before = past_rows(past_, state_projection, {commit_[at].envelope.position.value - 1});
    std::vector<const Event*> rest;
    for (auto index = at; index < commit_.size(); ++index)
      rest.push_back(readable_[index].known());
    for (auto& command : likely_commands(State(*before, account, reader_), rest)) {
      confirm(command);
      const TracedRows traced(*before, decision_inputs_max);
      // Accounts are opened through the platform's door.
      const auto& door = std::holds_alternative<OpenAccount>(command) ? catalogue_stream : account;
      const auto count = matching(State(traced, door, reader_), commit_[at].envelope, command, rest);
      if (count == 0)
        continue;
      ReplayedDecision decision;
      decision.inputs = decision_inputs(*before, traced);
      decision.inputs_left_out = traced.left_out();
      decision.command.emplace(std::move(command));
      for (std::size_t index = at; index < at + count; ++index)
        decision.events.push_back(commit_[index].envelope.position);
      return decision;
    }
    return unknown(at);
  }

  ReplayedDecision unknown(std::size_t at) const {
    ReplayedDecision decision;
    decision.events = {commit_[at].envelope.position};
    return decision;
  }

  // How many of the events the command gives again, all that it gives; 0 when it gives others.
  static std::size_t matching(const State& state, const Envelope& envelope, const Command& command,
                              const std::vector<const Event*>& events) {
    MarkedIds ids;
    const AlwaysConfirmed confirmations;
    // What a token allowed is not in the history: a service that was let in had its scope.
    const bool service = envelope.actor.type != ActorType::user;
    const auto decided = decide(
        state,
        {.caller = {.type = envelope.actor.type, .id = envelope.actor.id, .platform = service, .directory = service},
         .now = envelope.recorded_at,
         .ids = &ids,
         .confirmations = &confirmations,
         .if_match = {},
         .account_version = envelope.account_version - 1},
        command);
    if (!decided || decided->events.empty() || decided->events.size() > events.size())
      return 0;
    for (std::size_t index = 0; index < decided->events.size(); ++index) {
      const auto again = in_the_manner_of(*events[index], decided->events[index].event);
      if (!same_but_for_ids(as_told(state, again), as_told(state, *events[index])))
        return 0;
    }
    return decided->events.size();
  }

  std::shared_ptr<const TableReader> past_;
  const PersonalReader* reader_;
  std::vector<RecordedEvent> commit_;
  std::vector<RecordedEvent> readable_;  // the same
};

std::optional<RecordedEvent> read_event(const EventLog& log, Position position) {
  const auto stored = log.read_at(position);
  if (!stored)
    return std::nullopt;
  auto event = decode_frame(stored->frame);
  if (!event || event->known() == nullptr)
    return std::nullopt;
  return std::move(*event);
}

}  // namespace

std::optional<ReplayedDecision> replay_decision(const EventLog& log, const std::shared_ptr<const TableReader>& past,
                                                const PersonalReader* reader, Position position) {
  const auto asked = read_event(log, position);
  if (!asked)
    return std::nullopt;
  const auto& envelope = asked->envelope;
  std::vector<RecordedEvent> commit;
  for (std::uint64_t index = 0; index < std::min(envelope.commit_count, commit_events_max); ++index) {
    auto event = read_event(log, {envelope.commit_first.value + index});
    if (event && event->envelope.account_id == envelope.account_id)
      commit.push_back(std::move(*event));
  }
  return Replay(past, reader, std::move(commit)).run(*asked);
}

}  // namespace gatehouse
