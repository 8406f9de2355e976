// A stream whose events a projection does not take for now, because one of them failed: which event it was, why, and every attempt. The rest of the
// log goes on. It is noted with the rows that lack the events, in the same write, so that a restart knows it.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/envelope.hpp"
#include "replay/fold_failure.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

// More parked streams than this are no fault of single events: the projection stops.
inline constexpr std::size_t parked_streams_max = 1'000;
// Attempts that are remembered, the last ones.
inline constexpr std::size_t parking_attempts_kept_max = 20;

struct ParkingAttempt {
  Timestamp at;
  std::string error;
};
BOOST_DESCRIBE_STRUCT(ParkingAttempt, (), (at, error))

struct ParkedStream {
  AccountId stream;
  Position position;        // of the event that failed; none of the stream's is in the rows from here on
  std::uint64_t version{};  // its place in the stream
  std::string event_type;
  Timestamp since;
  std::uint64_t attempt_count{};
  std::vector<ParkingAttempt> attempts;

  void add_attempt(Timestamp at, std::string error);
};
BOOST_DESCRIBE_STRUCT(ParkedStream, (), (stream, position, version, event_type, since, attempt_count, attempts))

[[nodiscard]] ParkedStream parked_at(const RecordedEvent& event, const FoldFailure& failure, Timestamp now);

// An event that an operator told the projection to do without.
struct SkippedEvent {
  Position position;
  AccountId stream;
  Timestamp at;
  std::string operator_id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(SkippedEvent, (), (position, stream, at, operator_id, reason))

// As notes of a table (store/projection_store.hpp).
[[nodiscard]] std::string parked_note_key(const AccountId& stream);
[[nodiscard]] std::string skipped_note_key(Position position);
[[nodiscard]] std::optional<ParkedStream> read_parked_note(std::string_view key, std::string_view value);
[[nodiscard]] std::optional<SkippedEvent> read_skipped_note(std::string_view key, std::string_view value);

}  // namespace gatehouse
