// What the history knows of every event besides its content: when, by whom, by which command, decided on what.
#pragma once
#include <boost/describe/class.hpp>
#include <compare>
#include <cstdint>
#include <string>
#include <variant>

#include "events/event.hpp"
#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// A place in the log, from 1. Opaque above the log: positions of one account compare and can be handed back, nobody computes with
// them (a log of several partitions puts the partition into the upper bits). 0 is before the first event.
struct Position {
  std::uint64_t value{};
  auto operator<=>(const Position&) const = default;
};

BOOST_DESCRIBE_STRUCT(Position, (), (value))

struct Actor {
  ActorType type{};
  std::string id;
  std::string role;  // the role id at the moment of the command; empty for services
  bool operator==(const Actor&) const = default;
};
BOOST_DESCRIBE_STRUCT(Actor, (), (type, id, role))

struct Envelope {
  Uuid event_id;
  Position position;  // assigned by the log
  AccountId account_id;
  std::uint64_t account_version{};  // gap-free per account, from 1
  Timestamp recorded_at;
  Actor actor;
  Uuid command_id;
  Uuid correlation_id;
  Uuid causation_id;            // nil when nothing but the command caused the event
  Position catalogue_position;  // the catalogue the decision was made on
  Position commit_first;        // assigned by the log; all events of one command stand together
  std::uint16_t commit_index{};
  std::uint16_t commit_count{};
};
BOOST_DESCRIBE_STRUCT(Envelope, (),
                      (event_id, position, account_id, account_version, recorded_at, actor, command_id, correlation_id,
                       causation_id, catalogue_position, commit_first, commit_index, commit_count))

// An event as it was recorded. `type` and `schema_version` are those of the stored bytes; `event` is upcast to the newest version.
struct RecordedEvent {
  Envelope envelope;
  std::uint32_t type{};
  std::uint16_t schema_version{};
  std::variant<Event, UnknownEvent> data;

  [[nodiscard]] const Event* known() const { return std::get_if<Event>(&data); }
};

}  // namespace gatehouse
