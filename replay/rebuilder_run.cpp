// The rebuilder's thread.
#include <utility>

#include "replay/left_out.hpp"
#include "replay/rebuilder.hpp"
#include "replay/row_comparison.hpp"
#include "store/background_priority.hpp"
#include "store/freed_memory.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

// What a follower's thread answers, waited for by one that can be cancelled.
template <class T>
class Answer {
 public:
  void give(T value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
    given_.notify_all();
  }
  // None when it was cancelled.
  [[nodiscard]] std::optional<T> wait(const std::atomic<bool>& cancelled) {
    std::unique_lock lock(mutex_);
    while (!value_ && !cancelled.load())
      given_.wait_for(lock, std::chrono::milliseconds(20));
    return std::move(value_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  std::optional<T> value_;
};

using Whether = tl::expected<void, std::string>;

}  // namespace

void Rebuilder::run() {
  lower_own_priority();
  for (;;) {
    Parts parts;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_.load() || !parts_.empty(); });
      if (stopping_)
        return;
      choose_next();
      parts = together_;
    }
    governor_.begin();
    rebuild(parts);
    governor_.end();
  }
}

BuildTarget Rebuilder::target_of(const Part& part) const {
  BuildTarget target{.projection = part.projection};
  if (part.follower == nullptr) {
    target.until = part.state->head();
    return target;
  }
  if (part.former)
    target.until = part.former->checkpoint();
  const auto name = part.projection->name();
  const auto rows = part.follower->has_current(name) ? part.follower->rows(name) : nullptr;
  auto left_out = left_out_by_successor(log_, *part.projection, rows.get());
  target.skipped = std::move(left_out.skipped);
  target.parked = std::move(left_out.parked);
  return target;
}

void Rebuilder::rebuild(const Parts& parts) {
  std::vector<BuildTarget> targets;
  for (const auto& part : parts) {
    if (part->follower == nullptr)
      part->state = log_.state();
    targets.push_back(target_of(*part));
    targets.back().cancelled = &part->cancelled;
  }
  const auto report = [this](const WorkProgress& progress) {
    const std::lock_guard lock(mutex_);
    progress_ = progress;
    progress_.elapsed -= paused_for_;
  };
  auto built = build_generations(log_, store_, targets,
                                 {.memory_bytes_max = options_.memory_bytes_max,
                                  .progress = report,
                                  .cancelled = &cancelled_,
                                  .parks_failed_streams = true,
                                  .clock = options_.clock,
                                  .pace = [this](std::chrono::nanoseconds step) { pace(step); }});
  for (std::size_t index = 0; index < parts.size(); ++index)
    finish(*parts[index], std::move(built[index]));
  built.clear();
  return_freed_memory();
}

void Rebuilder::pace(std::chrono::nanoseconds step) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, governor_.rest_after(step), [this] { return cancelled_.load(); });
  }
  hold_while_paused();
}

void Rebuilder::hold_while_paused() {
  std::unique_lock lock(mutex_);
  const auto began = std::chrono::steady_clock::now();
  changed_.wait(lock, [this] { return !paused_ || cancelled_.load(); });
  paused_for_ += std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
}

void Rebuilder::enter(Part& part, RebuildStage stage) {
  hold_while_paused();
  const std::lock_guard lock(mutex_);
  part.stage = stage;
}

void Rebuilder::finish(Part& part, BuiltGeneration built) {
  RebuildResult result{
      .outcome = RebuildOutcome::failed, .ended_at = {}, .progress = {}, .reason = {}, .comparison = {}};
  if (part.cancelled) {
    result.outcome = RebuildOutcome::cancelled;
    if (built.table)
      (void)store_.drop(*built.table);
  } else if (built.failure) {
    result.reason = to_text(*built.failure);
    if (part.follower != nullptr && !part.follower->has_current(part.projection->name()))
      part.follower->fail_build(part.projection->name(), std::move(*built.failure));
  } else if (part.follower == nullptr) {
    finish_state(part, built, result);
  } else {
    finish_followed(part, std::move(built), result);
  }
  end(part, std::move(result));
}

void Rebuilder::compare_with(const Part& part, Position position, const TableReader& former, const TableReader& fresh,
                             RebuildResult& result) {
  auto compared = compare(*part.projection, position, former, fresh, part.cancelled);
  if (compared)
    result.comparison = std::move(*compared);
  else
    result.not_compared = to_text(compared.error());
}

void Rebuilder::finish_state(Part& part, const BuiltGeneration& built, RebuildResult& result) {
  enter(part, RebuildStage::comparing);
  compare_with(part, part.state->head(), *part.state, *built.table->snapshot(), result);
  result.outcome = part.cancelled ? RebuildOutcome::cancelled : RebuildOutcome::compared;
  (void)store_.drop(*built.table);
}

void Rebuilder::finish_followed(Part& part, BuiltGeneration built, RebuildResult& result) {
  const auto name = part.projection->name();
  if (part.former) {
    enter(part, RebuildStage::comparing);
    compare_with(part, part.former->checkpoint(), *part.former, *built.table->snapshot(), result);
    if (result.comparison)
      result.comparison->former_version = part.former_version;
  }
  enter(part, RebuildStage::catching_up);
  const auto even = std::make_shared<Answer<tl::expected<Follower::EvenRows, std::string>>>();
  part.follower->bring_up(std::move(built), [even](auto rows) { even->give(std::move(rows)); });
  const auto rows = even->wait(part.cancelled);
  auto done = std::make_shared<Answer<Whether>>();
  const auto tell = [done](Whether outcome) { done->give(std::move(outcome)); };
  const auto drop = [&](RebuildOutcome outcome, std::string reason) {
    result.outcome = outcome;
    result.reason = std::move(reason);
    part.follower->drop_fresh(name, tell);
  };
  if (!rows)
    return drop(RebuildOutcome::cancelled, "");
  if (!*rows)
    return drop(RebuildOutcome::failed, rows->error());
  if ((*rows)->current) {
    enter(part, RebuildStage::comparing);
    const auto& [current, fresh] = **rows;
    compare_with(part, fresh->checkpoint(), *current, *fresh, result);
  }
  hold_while_paused();
  if (part.cancelled)
    return drop(RebuildOutcome::cancelled, "");
  if (!part.take_over)
    return drop(RebuildOutcome::compared, "");
  // Rows that cannot be read can be neither brought forward nor gone back to.
  part.follower->switch_over(name, result.not_compared.empty() ? Follower::Former::kept : Follower::Former::let_go,
                             tell);
  const auto switched = done->wait(part.cancelled);
  if (switched && !*switched)
    return drop(RebuildOutcome::failed, switched->error());
  result.outcome = switched ? RebuildOutcome::switched : RebuildOutcome::cancelled;
  if (!switched)
    part.follower->drop_fresh(name, [](const Whether&) {});
}

void Rebuilder::end(Part& part, RebuildResult result) {
  RebuildEnded ended{std::string(part.projection->name()), std::move(result)};
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(parts_, [&](const auto& one) { return one.get() == &part; });
    if (ended.result.outcome == RebuildOutcome::cancelled)
      return;  // recorded and told when it was
    ended.result.ended_at = options_.clock();
    ended.result.progress = progress_;
    results_.insert_or_assign(ended.projection, ended.result);
  }
  if (!stopping_)
    tell(ended);
}

void Rebuilder::tell(const RebuildEnded& ended) const {
  if (options_.report)
    options_.report(ended);
}

}  // namespace gatehouse
