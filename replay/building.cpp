#include "replay/building.hpp"

#include <algorithm>
#include <utility>

#include "events/archive.hpp"
#include "replay/apply_events.hpp"

namespace gatehouse {

Building::Building(ProjectionStore& store, BuildTarget target, const BuildOptions& options)
    : store_(store), target_(std::move(target)), options_(options),
      is_careful_(!target_.skipped.empty() || target_.holds_parked_back) {
  for (const auto& parked : target_.parked) {
    if (target_.holds_parked_back)
      held_back_.emplace(parked.stream, parked.version);
  }
}

void Building::begin(tl::expected<std::shared_ptr<ProjectionTable>, StoreError> created) {
  if (created)
    table_ = std::move(*created);
  else
    fail({{}, {}, created.error().detail});
}

void Building::apply(std::span<const RecordedEvent> events) {
  if (target_.until) {
    const auto end =
        std::ranges::upper_bound(events, *target_.until, {}, [](const auto& event) { return event.envelope.position; });
    events = {events.begin(), end};
  }
  if (is_careful_)
    return apply_carefully(events);
  auto failure = apply_events(*target_.projection, rows_, events);
  if (!failure)
    return;
  if (!options_.parks_failed_streams)
    return fail(std::move(*failure));
  // What the failed event left is in the rows already: once more from the beginning, so that it can be taken back.
  begins_again_ = is_careful_ = true;
}

bool Building::begin_again() {
  if (!begins_again_ || failure_)
    return false;
  begins_again_ = false;
  rows_.rebase(nullptr);
  if (auto dropped = store_.drop(*table_); !dropped)
    fail({{}, {}, dropped.error().detail});
  else
    begin(store_.create(id_of(*target_.projection)));
  return going();
}

void Building::spill(Position at) {
  const auto written = store_.load_more(*table_, checkpoint(at),
                                        [this](const ProjectionStore::ChangeSink& sink) { rows_.visit_changes(sink); });
  if (!written)
    return fail({{}, {}, written.error().detail});
  rows_.rebase(table_->snapshot());
}

void Building::finish(Position at) {
  is_finished_ = true;
  if (rows_.has_base())
    spill(at);
  else
    load(at);
  if (!failure_)
    note(at);
}

void Building::settle() {
  if (failure_)
    return;
  if (auto settled = store_.settle(*table_); !settled)
    fail({{}, {}, settled.error().detail});
}

void Building::fail(FoldFailure failure) {
  failure_ = std::move(failure);
  rows_.rebase(nullptr);
}

BuiltGeneration Building::take() {
  rows_.rebase(nullptr);
  if (!failure_)
    return {std::move(target_.projection), std::move(table_), std::nullopt, std::move(keys_of_parked_)};
  // The failure that is told is the one that came first.
  if (table_)
    (void)store_.drop(*table_);
  return {std::move(target_.projection), nullptr, std::move(failure_)};
}

// Event by event, each on a layer of its own. An event of an account that fails parks the account's stream.
void Building::apply_carefully(std::span<const RecordedEvent> events) {
  for (const auto& event : events) {
    const auto& stream = event.envelope.account_id;
    const auto held = held_back_.find(stream);
    const bool is_held = held != held_back_.end() && event.envelope.account_version >= held->second;
    if (is_held || parked_.contains(stream) || is_skipped(event.envelope.position))
      continue;
    OverlayTable layer(rows_);
    auto failure = apply_events(*target_.projection, layer, {&event, 1});
    if (!failure) {
      layer.merge_into(rows_);
      if (held != held_back_.end()) {
        for (const auto& [key, value] : layer.changes())
          keys_of_parked_.insert(std::hash<std::string_view>{}(key));
      }
    } else if (!options_.parks_failed_streams || is_platform_stream(stream) || parked_.size() >= parked_streams_max) {
      return fail(std::move(*failure));
    } else {
      parked_.emplace(stream, another_attempt(event, *failure));
    }
  }
}

ParkedStream Building::another_attempt(const RecordedEvent& event, const FoldFailure& failure) const {
  const auto now = options_.clock();
  const auto known = std::ranges::find(target_.parked, event.envelope.account_id, &ParkedStream::stream);
  auto parked = parked_at(event, failure, now);
  if (known == target_.parked.end())
    return parked;
  parked.since = known->since;
  parked.attempt_count = known->attempt_count;
  parked.attempts = known->attempts;
  parked.add_attempt(now, failure.reason);
  return parked;
}

bool Building::is_skipped(Position position) const {
  return std::ranges::find(target_.skipped, position, &SkippedEvent::position) != target_.skipped.end();
}

void Building::load(Position at) {
  const auto loaded = store_.load(*table_, checkpoint(at), [this](const ProjectionStore::RowSink& sink) {
    rows_.visit_changes([&](std::string_view key, std::optional<std::string_view> value) { sink(key, *value); });
  });
  if (!loaded)
    fail({{}, {}, loaded.error().detail});
}

void Building::note(Position at) {
  OverlayTable::Changes none, notes;
  for (const auto& [stream, parked] : parked_)
    notes[parked_note_key(stream)] = pack(parked);
  for (const auto& skipped : target_.skipped)
    notes[skipped_note_key(skipped.position)] = pack(skipped);
  if (notes.empty())
    return;
  const ProjectionWrite write{table_.get(), &none, checkpoint(at), &notes};
  if (auto written = store_.write({&write, 1}); !written)
    fail({{}, {}, written.error().detail});
}

}  // namespace gatehouse
