#include "replay/left_out.hpp"

#include <utility>

#include "replay/event_reader.hpp"
#include "store/try_to_read.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t events_per_read = 1'000;

}  // namespace

LeftOut left_out_of(const ProjectionSnapshot& rows) {
  LeftOut left_out;
  for (const auto& [key, value] : rows.notes()) {
    if (auto skipped = read_skipped_note(key, value))
      left_out.skipped.push_back(std::move(*skipped));
    else if (auto parked = read_parked_note(key, value))
      left_out.parked.push_back(std::move(*parked));
  }
  return left_out;
}

std::string to_text(const LeftOut& left_out) {
  std::string text;
  for (const auto& skipped : left_out.skipped)
    text += "\n  without event " + std::to_string(skipped.position.value) + " of " + skipped.stream.value +
            ", which was skipped";
  for (const auto& parked : left_out.parked)
    text += "\n  without the events of " + parked.stream.value + " from " + std::to_string(parked.position.value) +
            " on, where it is parked: " + parked.attempts.back().error;
  return text;
}

std::vector<SkippedEvent> skips_recorded_in(const EventLog& log, const Projection& projection) {
  std::vector<SkippedEvent> skipped;
  for (std::uint64_t version = 0;;) {
    const auto batch = read_stream_events(log, transparency_stream, version, events_per_read);
    if (!batch)  // whoever folds the log comes to it and says so
      return skipped;
    for (const auto& event : batch->events) {
      version = event.envelope.account_version;
      const auto* recorded = std::get_if<ParkedEventSkipped>(event.known());
      if (recorded != nullptr && recorded->projection == projection.name() &&
          recorded->projection_version == projection.version())
        skipped.push_back({{recorded->event_position},
                           recorded->stream,
                           event.envelope.recorded_at,
                           recorded->operator_id,
                           recorded->reason});
    }
    if (batch->at_end || batch->events.empty())
      return skipped;
  }
}

LeftOut left_out_by_successor(const EventLog& log, const Projection& projection, const ProjectionSnapshot* rows) {
  if (rows != nullptr) {
    if (auto noted = try_to_read([&] { return left_out_of(*rows); }))
      return std::move(*noted);
  }
  return {.skipped = skips_recorded_in(log, projection), .parked = {}};
}

}  // namespace gatehouse
