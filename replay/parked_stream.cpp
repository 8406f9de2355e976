#include "replay/parked_stream.hpp"

#include <algorithm>
#include <utility>

#include "events/archive.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view parked_prefix = "parked/";
constexpr std::string_view skipped_prefix = "skipped/";
constexpr std::size_t error_bytes_max = 1'000;

}  // namespace

void ParkedStream::add_attempt(Timestamp at, std::string error) {
  error.resize(std::min(error.size(), error_bytes_max));
  ++attempt_count;
  attempts.push_back({at, std::move(error)});
  if (attempts.size() > parking_attempts_kept_max)
    attempts.erase(attempts.begin());
}

ParkedStream parked_at(const RecordedEvent& event, const FoldFailure& failure, Timestamp now) {
  ParkedStream parked{.stream = event.envelope.account_id,
                      .position = event.envelope.position,
                      .version = event.envelope.account_version,
                      .event_type = failure.event_type,
                      .since = now,
                      .attempts = {}};
  parked.add_attempt(now, failure.reason);
  return parked;
}

std::string parked_note_key(const AccountId& stream) { return std::string(parked_prefix) + stream.value; }

std::string skipped_note_key(Position position) { return std::string(skipped_prefix) + std::to_string(position.value); }

std::optional<ParkedStream> read_parked_note(std::string_view key, std::string_view value) {
  return key.starts_with(parked_prefix) ? unpack<ParkedStream>(value) : std::nullopt;
}

std::optional<SkippedEvent> read_skipped_note(std::string_view key, std::string_view value) {
  return key.starts_with(skipped_prefix) ? unpack<SkippedEvent>(value) : std::nullopt;
}

}  // namespace gatehouse
