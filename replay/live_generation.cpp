#include "replay/live_generation.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "events/archive.hpp"
#include "replay/apply_events.hpp"
#include "replay/event_reader.hpp"
#include "replay/left_out.hpp"
#include "table/assert.hpp"

namespace gatehouse {

bool can_take_later(const Projection& projection, const AccountId& stream) {
  return projection.takes_accounts_apart() || is_platform_stream(stream);
}

// Event by event, each on a layer of its own: what a failed event has left is dropped with its layer.
class LiveGeneration::Folding {
 public:
  Folding(const LiveGeneration& generation, Timestamp now)
      : generation_(generation), now_(now), base_(generation.table_->snapshot()), rows_(*base_) {
    step_.checkpoint = generation.checkpoint_;
  }

  // False: it failed.
  bool take(const RecordedEvent& event) {
    if (!generation_.skipped_.contains(event.envelope.position)) {
      OverlayTable layer = OverlayTable::on(rows_);
      if (auto failure = apply_events(*generation_.projection_, layer, {&event, 1})) {
        park(event, *failure);
        return false;
      }
      layer.merge_into(rows_);
    }
    ++step_.events;
    return true;
  }
  [[nodiscard]] bool has_parked(const AccountId& stream) const {
    return std::ranges::find(step_.parked, stream, &ParkedStream::stream) != step_.parked.end();
  }
  void release(const AccountId& stream) {
    step_.notes[parked_note_key(stream)] = std::nullopt;
    step_.released.push_back(stream);
  }
  void note(ParkedStream parked) {
    step_.notes[parked_note_key(parked.stream)] = pack(parked);
    std::erase(step_.released, parked.stream);  // it went on with one event, and failed at a later one
    step_.parked.push_back(std::move(parked));
  }
  FoldStep& step() { return step_; }
  FoldStep finish() {
    step_.rows = rows_.changes();
    return std::move(step_);
  }

 private:
  void park(const RecordedEvent& event, const FoldFailure& failure) {
    const auto* known = generation_.find_parked(event.envelope.account_id);
    if (known == nullptr)
      return note(parked_at(event, failure, now_));
    auto parked = *known;
    parked.position = event.envelope.position;
    parked.version = event.envelope.account_version;
    parked.event_type = failure.event_type;
    parked.add_attempt(now_, failure.reason);
    note(std::move(parked));
  }

  const LiveGeneration& generation_;
  Timestamp now_;
  std::shared_ptr<const ProjectionSnapshot> base_;
  OverlayTable rows_;
  FoldStep step_;
};

LiveGeneration::LiveGeneration(std::shared_ptr<const Projection> projection, std::shared_ptr<ProjectionTable> table)
    : projection_(std::move(projection)), table_(std::move(table)) {
  const auto rows = table_->snapshot();
  checkpoint_ = rows->checkpoint();
  const auto left_out = left_out_of(*rows);
  for (const auto& parked : left_out.parked)
    held_.insert_or_assign(parked.stream, Held{parked, can_take_later(*projection_, parked.stream)});
  for (const auto& skipped : left_out.skipped)
    skipped_.insert_or_assign(skipped.position, skipped);
}

bool LiveGeneration::is_held(const RecordedEvent& event) const {
  return held_.contains(event.envelope.account_id) && !is_platform_stream(event.envelope.account_id);
}

FoldStep LiveGeneration::fold(std::span<const RecordedEvent> events, Timestamp now) const {
  if (held_.empty() && skipped_.empty()) {  // as always
    const auto base = table_->snapshot();
    OverlayTable rows(*base);
    if (!apply_events(*projection_, rows, events, checkpoint_))
      return {.rows = rows.changes(),
              .notes = {},
              .checkpoint = events.back().envelope.position,
              .events = events.size(),
              .parked = {},
              .released = {},
              .stopped = {}};
  }
  Folding folding(*this, now);
  for (const auto& event : events) {
    const auto& [position, stream] = std::tie(event.envelope.position, event.envelope.account_id);
    if (position <= checkpoint_)
      continue;
    auto& step = folding.step();
    const bool is_platform = is_platform_stream(stream);
    if (!is_held(event) && !folding.has_parked(stream) && !folding.take(event) &&
        (is_platform || held_.size() + step.parked.size() > parked_streams_max)) {
      const auto& parked = step.parked.back();
      step.stopped = {position, parked.event_type, parked.attempts.back().error};
      break;
    }
    if (is_platform && held_.contains(stream))
      folding.release(stream);
    step.checkpoint = position;
  }
  return folding.finish();
}

std::optional<FoldStep> LiveGeneration::fold_parked(const EventLog& log, std::size_t events_max, Timestamp now) const {
  const auto next = std::ranges::find_if(held_, [](const auto& held) { return held.second.retrying; });
  if (next == held_.end() || is_platform_stream(next->first))
    return std::nullopt;
  const auto& parked = next->second.parked;
  Folding folding(*this, now);
  const auto batch = read_stream_events(log, parked.stream, parked.version - 1, events_max);
  if (!batch) {
    folding.step().stopped = failure_of(batch.error());
    return folding.finish();
  }
  for (const auto& event : batch->events) {
    if (event.envelope.position > checkpoint_) {
      folding.release(parked.stream);
      return folding.finish();
    }
    if (!folding.take(event))
      return folding.finish();
  }
  if (batch->at_end) {
    folding.release(parked.stream);
    return folding.finish();
  }
  auto rest = parked;
  ++(rest.version = batch->events.back().envelope.account_version);
  folding.note(std::move(rest));
  return folding.finish();
}

void LiveGeneration::take(const FoldStep& step) {
  checkpoint_ = step.checkpoint;
  for (const auto& parked : step.parked) {
    const auto held = held_.find(parked.stream);
    // Another attempt has failed, unless the stream has only come a page further.
    const bool failed = held == held_.end() || held->second.parked.attempt_count != parked.attempt_count;
    held_.insert_or_assign(parked.stream, Held{parked, !failed});
  }
  for (const auto& stream : step.released)
    held_.erase(stream);
  for (const auto& [key, value] : step.notes) {
    if (auto skipped = value ? read_skipped_note(key, *value) : std::nullopt)
      skipped_.insert_or_assign(skipped->position, *skipped);
  }
  if (step.stopped)
    stopped_ = step.stopped;
}

std::vector<ParkedStream> LiveGeneration::parked() const {
  std::vector<ParkedStream> parked;
  for (const auto& [stream, held] : held_)
    parked.push_back(held.parked);
  return parked;
}

const ParkedStream* LiveGeneration::find_parked(const AccountId& stream) const {
  const auto held = held_.find(stream);
  return held == held_.end() ? nullptr : &held->second.parked;
}

bool LiveGeneration::retry(const AccountId& stream) {
  GATEHOUSE_ASSERT(can_take_later(*projection_, stream));
  const auto held = held_.find(stream);
  if (held == held_.end())
    return false;
  held->second.retrying = true;
  if (is_platform_stream(stream))
    stopped_.reset();
  return true;
}

FoldStep LiveGeneration::skip(const SkippedEvent& skipped) const {
  FoldStep step{
      .rows = {}, .notes = {}, .checkpoint = checkpoint_, .events = 0, .parked = {}, .released = {}, .stopped = {}};
  step.notes[skipped_note_key(skipped.position)] = pack(skipped);
  return step;
}

}  // namespace gatehouse
