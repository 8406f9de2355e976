#include "replay/position_waits.hpp"

#include <algorithm>
#include <utility>

namespace gatehouse {

bool PositionWaits::add(Condition condition, Time deadline, Callback callback) {
  std::optional<WaitOutcome> outcome;
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    outcome = condition();
    if (!outcome && stopped_) outcome = WaitOutcome::stopped;
    if (!outcome && waits_.size() >= waits_max) outcome = WaitOutcome::timed_out;
    if (!outcome) {
      is_first = std::ranges::all_of(waits_, [&](const Wait& wait) { return wait.deadline > deadline; });
      waits_.push_back({std::move(condition), deadline, std::move(callback)});
    }
  }
  if (outcome) callback(*outcome);
  return is_first;
}

void PositionWaits::check(Time now) {
  std::vector<std::pair<Callback, WaitOutcome>> over;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(waits_, [&](Wait& wait) {
      auto outcome = wait.condition();
      if (!outcome && wait.deadline <= now) outcome = WaitOutcome::timed_out;
      if (outcome) over.emplace_back(std::move(wait.callback), *outcome);
      return outcome.has_value();
    });
  }
  for (const auto& [callback, outcome] : over) callback(outcome);
}

void PositionWaits::stop() {
  std::vector<Wait> left;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    left = std::exchange(waits_, {});
  }
  for (const auto& wait : left) wait.callback(wait.condition().value_or(WaitOutcome::stopped));
}

std::optional<PositionWaits::Time> PositionWaits::next_deadline() const {
  const std::lock_guard lock(mutex_);
  const auto first = std::ranges::min_element(waits_, {}, &Wait::deadline);
  return first == waits_.end() ? std::nullopt : std::optional(first->deadline);
}

}  // namespace gatehouse
