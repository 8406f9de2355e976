// The follower's loop. Projections that serve go before those that catch up after a rebuild, one page of events at a time, so that a rebuild
// never makes the others late.
#include <algorithm>
#include <utility>

#include "replay/event_reader.hpp"
#include "replay/follower.hpp"

namespace gatehouse {

void Follower::follow() {
  while (!stopping_.load()) {
    adopt_built();
    const bool serving_moved = advance(false);
    const bool catching_up_moved = advance(true);
    take_over();
    waits_.check(std::chrono::steady_clock::now());
    if (!serving_moved && !catching_up_moved)
      sleep();
  }
}

// One page for the projections of one kind that are behind the log. False: none is, or none can go on.
bool Follower::advance(bool catching_up) {
  std::vector<Followed*> behind;
  const auto head = log_.head();
  for (const auto& followed : followed_) {
    const bool is_of_kind = followed->live() != nullptr && followed->is_catching_up() == catching_up;
    if (is_of_kind && !followed->has_failed() && followed->checkpoint() < head)
      behind.push_back(followed.get());
  }
  if (behind.empty())
    return false;
  const auto lowest = (*std::ranges::min_element(behind, {}, &Followed::checkpoint))->checkpoint();
  const auto batch = read_events(log_, lowest, options_.events_per_write);
  if (!batch) {
    for (auto* followed : behind) {
      if (followed->checkpoint() == lowest)
        followed->fail(failure_of(batch.error()));
    }
    return true;
  }
  std::erase_if(behind, [&](const Followed* followed) { return followed->checkpoint() >= batch->next; });
  return write(behind, batch->events);
}

bool Follower::write(const std::vector<Followed*>& behind, const std::vector<RecordedEvent>& events) {
  std::vector<OverlayTable::Changes> changes(behind.size());
  std::vector<ProjectionWrite> writes(behind.size());
  for (std::size_t index = 0; index < behind.size(); ++index) {
    auto& write = writes[index];
    changes[index] = behind[index]->fold(events, write.checkpoint);
    write.table = behind[index]->live();
    write.changes = &changes[index];
  }
  const auto written = store(writes);
  for (std::size_t index = 0; index < behind.size(); ++index) {
    if (written)
      behind[index]->publish(writes[index].checkpoint, events.size());
    else
      behind[index]->fail({{}, {}, "rows cannot be written: " + written.error().detail});
  }
  return true;
}

ProjectionStore::Outcome Follower::store(const std::vector<ProjectionWrite>& writes) const {
  if (!options_.in_background)
    return store_.write(writes);
  for (const auto& write : writes) {
    if (auto done = store_.write_bulk(write); !done)
      return done;
  }
  return {};
}

void Follower::adopt_built() {
  std::vector<BuiltGeneration> built;
  {
    const std::lock_guard lock(mutex_);
    built = std::exchange(built_, {});
  }
  for (auto& one : built) {
    const auto followed = std::ranges::find_if(
        followed_, [&](const auto& candidate) { return candidate->projection() == one.projection; });
    if (one.table)
      (*followed)->catch_up(std::move(one.table));
    else
      (*followed)->fail(std::move(*one.failure));
  }
}

// What has come up with the log serves from now on.
void Follower::take_over() {
  for (const auto& followed : followed_) {
    if (!followed->is_catching_up() || followed->has_failed() || followed->checkpoint() < log_.head())
      continue;
    auto table = followed->shared_live();
    if (auto placed = put_in_place(store_, *table); placed)
      followed->follow(std::move(table));
    else
      followed->fail({{}, {}, "the fresh rows cannot take over: " + placed.error().detail});
  }
}

void Follower::sleep() {
  const auto deadline = waits_.next_deadline();
  const auto is_woken = [this] { return woken_; };
  std::unique_lock lock(mutex_);
  if (deadline)
    changed_.wait_until(lock, *deadline, is_woken);
  else
    changed_.wait(lock, is_woken);
  woken_ = false;
}

void Follower::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void Follower::build() {
  const auto report = [this](const WorkProgress& progress) {
    for (const auto& followed : followed_) {
      if (std::ranges::find(to_build_, followed->projection()) != to_build_.end())
        followed->report_build(progress);
    }
  };
  auto built = build_generations(
      log_, store_, to_build_,
      {.memory_bytes_max = options_.build_memory_bytes_max, .progress = report, .cancelled = &stopping_});
  {
    const std::lock_guard lock(mutex_);
    built_ = std::move(built);
  }
  wake();
}

}  // namespace gatehouse
