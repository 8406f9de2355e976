// The follower's loop. Projections that serve go before those that come up after a rebuild, one page of events at a time, so that a rebuild
// never makes the others late.
#include <algorithm>
#include <utility>

#include "replay/event_reader.hpp"
#include "replay/follower.hpp"
#include "store/try_to_read.hpp"

namespace gatehouse {

void Follower::follow() {
  while (!stopping_.load()) {
    run_tasks();
    const bool serving_moved = advance(false);
    const bool parked_moved = advance_parked();
    const bool fresh_moved = advance(true);
    settle_parts();
    waits_.check(std::chrono::steady_clock::now());
    if (!serving_moved && !parked_moved && !fresh_moved)
      sleep();
  }
}

std::vector<Follower::Behind> Follower::find_behind(bool fresh) const {
  std::vector<Behind> behind;
  const auto head = log_.head();
  const auto add = [&](Followed& followed, Part part, Position end) {
    const auto* generation = followed.at(part);
    if (generation != nullptr && !generation->stopped() && generation->checkpoint() < end)
      behind.push_back({&followed, part});
  };
  for (const auto& followed : followed_) {
    const auto* current = followed->at(Part::current);
    if (fresh) {
      // Never further than what serves, so that they meet.
      const auto end = current != nullptr ? current->checkpoint() : head;
      add(*followed, Part::fresh, end);
      add(*followed, Part::kept, end);
    } else {
      if (followed->is_even(Part::kept))
        add(*followed, Part::kept, head);
      add(*followed, Part::current, head);
    }
  }
  return behind;
}

// One page for what is behind the log. False: nothing is, or nothing can go on.
bool Follower::advance(bool fresh) {
  auto behind = find_behind(fresh);
  if (behind.empty())
    return false;
  const auto checkpoint = [](const Behind& one) { return one.generation().checkpoint(); };
  const auto lowest = checkpoint(*std::ranges::min_element(behind, {}, checkpoint));
  auto batch = read_events(log_, lowest, options_.events_per_write);
  if (!batch) {
    for (const auto& one : behind) {
      if (checkpoint(one) == lowest)
        fail(one, failure_of(batch.error()));
    }
    return true;
  }
  std::erase_if(behind, [&](const Behind& one) { return checkpoint(one) >= batch->next; });
  std::vector<FoldStep> steps;
  for (const auto& one : behind) {
    const auto* current = one.followed->at(Part::current);
    auto events = std::span<const RecordedEvent>(batch->events);
    if (fresh && current != nullptr) {
      const auto end = std::ranges::upper_bound(events, current->checkpoint(), {},
                                                [](const auto& event) { return event.envelope.position; });
      events = {events.begin(), end};
    }
    steps.push_back(fold(one, events));
  }
  write(behind, std::move(steps));
  return true;
}

// Rows that cannot be read stop what is made of them, and nothing else.
FoldStep Follower::fold(const Behind& behind, std::span<const RecordedEvent> events) const {
  const auto& generation = behind.generation();
  auto step = try_to_read([&] { return generation.fold(events, options_.clock()); });
  if (step)
    return std::move(*step);
  return {.rows = {},
          .notes = {},
          .checkpoint = generation.checkpoint(),
          .events = 0,
          .parked = {},
          .released = {},
          .stopped = FoldFailure{{}, {}, to_text(step.error())}};
}

// One page of each parked stream that is to be taken again. Its rows are written past no log: nothing of them may be lost while the note that the stream
// is no longer parked is kept.
bool Follower::advance_parked() {
  bool moved = false;
  for (const auto& followed : followed_) {
    for (const auto part : {Part::current, Part::kept, Part::fresh}) {
      auto* generation = followed->at(part);
      if (generation == nullptr || generation->stopped())
        continue;
      auto step =
          try_to_read([&] { return generation->fold_parked(log_, options_.events_per_write, options_.clock()); });
      if (!step)
        fail({followed.get(), part}, {{}, {}, to_text(step.error())});
      else if (*step)
        write({{followed.get(), part}}, {std::move(**step)});
      moved = moved || !step || *step;
    }
  }
  return moved;
}

void Follower::write(const std::vector<Behind>& behind, std::vector<FoldStep> steps) {
  std::vector<ProjectionWrite> writes;
  bool has_notes = false;
  for (std::size_t index = 0; index < behind.size(); ++index) {
    const auto& step = steps[index];
    behind[index].followed->announce(behind[index].part, step);
    writes.push_back({behind[index].generation().table().get(), &step.rows, step.checkpoint, &step.notes});
    has_notes = has_notes || !step.notes.empty();
  }
  const auto written = store(writes, has_notes || !options_.in_background);
  for (std::size_t index = 0; index < behind.size(); ++index) {
    if (written)
      publish(behind[index], steps[index]);
    else
      fail(behind[index], {{}, {}, "rows cannot be written: " + written.error().detail});
  }
}

void Follower::publish(const Behind& written, const FoldStep& step) {
  const auto& [followed, part] = written;
  if (part == Part::current) {
    const std::string name(followed->projection()->name());
    for (const auto& parked : step.parked) {
      const auto* known = written.generation().find_parked(parked.stream);
      if (known == nullptr || known->attempt_count != parked.attempt_count)  // or it has come a page further
        report(StreamParked{name, parked});
    }
    for (const auto& stream : step.released)
      report(StreamGoesOn{name, stream});
    if (step.stopped)
      report(ProjectionStopped{name, *step.stopped});
  }
  followed->publish(part, step);
}

void Follower::fail(const Behind& one, FoldFailure failure) {
  if (one.part == Part::current)
    report(ProjectionStopped{std::string(one.followed->projection()->name()), failure});
  one.followed->fail(one.part, std::move(failure));
}

void Follower::report(const Incident& incident) const {
  if (options_.report)
    options_.report(incident);
}

ProjectionStore::Outcome Follower::store(const std::vector<ProjectionWrite>& writes, bool logged) const {
  if (logged)
    return store_.write(writes);
  for (const auto& write : writes) {
    if (auto done = store_.write_bulk(write); !done)
      return done;
  }
  return {};
}

// Nobody who reads sees an event go. What serves may have stopped; what is to take over need not wait for it.
bool Follower::may_take_over(const Followed& followed, Part part) const {
  const auto* current = followed.at(Part::current);
  const auto checkpoint = followed.at(part)->checkpoint();
  if (current == nullptr)
    return checkpoint >= log_.head();
  return current->stopped() ? checkpoint >= current->checkpoint() : checkpoint == current->checkpoint();
}

// Does what waited for two parts to be even, and lets go of what can never be.
void Follower::settle_parts() {
  for (const auto& followed : followed_) {
    if (const auto* kept = followed->at(Part::kept); kept != nullptr && kept->stopped())
      drop(*followed, Part::kept);
  }
  auto waiting = std::exchange(when_even_, {});
  for (auto& one : waiting) {
    const auto* generation = one.followed->at(one.part);
    if (generation == nullptr)
      one.then(tl::unexpected(std::string("the rows are no longer there")));
    else if (generation->stopped())
      one.then(tl::unexpected(to_text(*generation->stopped())));
    else if (may_take_over(*one.followed, one.part))
      one.then({});
    else
      when_even_.push_back(std::move(one));
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

void Follower::post(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    woken_ = true;
    if (!has_stopped_)
      return changed_.notify_one();
  }
  run_tasks();
}

void Follower::run_tasks() {
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks = std::exchange(tasks_, {});
  }
  for (const auto& task : tasks)
    task();
}

}  // namespace gatehouse
