#include "replay/rebuilder.hpp"

#include <algorithm>
#include <utility>

#include "projections/state_projection.hpp"

namespace gatehouse {

Rebuilder::Rebuilder(EventLog& log, ProjectionStore& store, std::vector<Follower*> followers, Options options)
    : log_(log), store_(store), followers_(std::move(followers)), options_(std::move(options)) {}

Rebuilder::~Rebuilder() { stop(); }

void Rebuilder::start() {
  parts_ = lacking_parts();
  thread_ = std::thread(&Rebuilder::run, this);
}

void Rebuilder::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    cancelled_ = true;
    for (const auto& part : parts_)
      part->cancelled = true;
  }
  changed_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

Follower* Rebuilder::follower_of(std::string_view name) const {
  const auto found = std::ranges::find_if(followers_, [&](const auto* follower) { return follower->has(name); });
  return found == followers_.end() ? nullptr : *found;
}

std::shared_ptr<Rebuilder::Part> Rebuilder::make_part(std::string_view name, bool take_over) const {
  auto part = std::make_shared<Part>();
  part->take_over = take_over;
  if (name == state_projection) {
    part->projection = std::make_shared<StateProjection>();
    return part;
  }
  part->follower = follower_of(name);
  if (part->follower != nullptr)
    part->projection = part->follower->projection(name);
  return part;
}

Rebuilder::Parts Rebuilder::lacking_parts() const {
  Parts parts;
  for (auto* follower : followers_) {
    for (const auto& lacking : follower->lacking()) {
      auto part = std::make_shared<Part>();
      part->projection = lacking.projection;
      part->follower = follower;
      if (lacking.former) {
        part->former = lacking.former->snapshot();
        part->former_version = lacking.former->projection().version;
      }
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

// All that is wanted, in one reading of the log. But where rows are missing that queries wait for, those of one follower alone: the past, which has its own,
// takes longer than all the others, and must not keep them waiting.
void Rebuilder::choose_next() {
  const auto is_missing = [](const auto& part) {
    return part->follower != nullptr && !part->follower->has_current(part->projection->name());
  };
  together_ = parts_;
  if (const auto missing = std::ranges::find_if(parts_, is_missing); missing != parts_.end())
    std::erase_if(together_, [&](const auto& part) { return part->follower != (*missing)->follower; });
  cancelled_ = are_cancelled(together_);
  progress_ = {};
  paused_for_ = {};
}

bool Rebuilder::is_running(std::string_view name) const {
  return std::ranges::any_of(parts_,
                             [&](const auto& part) { return part->projection->name() == name && !part->cancelled; });
}

bool Rebuilder::are_cancelled(const Parts& parts) {
  return std::ranges::all_of(parts, [](const auto& part) { return part->cancelled.load(); });
}

Rebuilder::Outcome Rebuilder::begin(const std::vector<std::string>& names, bool take_over) {
  Parts parts;
  for (const auto& name : names)
    parts.push_back(make_part(name, take_over));
  for (const auto* follower : followers_) {
    for (const auto& status : names.empty() ? follower->status() : std::vector<ProjectionStatus>()) {
      if (status.state != ProjectionState::inline_)
        parts.push_back(make_part(status.name, take_over));
    }
  }
  if (std::ranges::any_of(parts, [](const auto& part) { return !part->projection; }))
    return tl::unexpected(Refusal::unknown_projection);
  const std::lock_guard lock(mutex_);
  if (std::ranges::any_of(claimed_, [](const auto& one) { return one.second.no_rebuild; }))
    return tl::unexpected(Refusal::is_decided);
  return begin_parts(std::move(parts));
}

Rebuilder::Outcome Rebuilder::begin_parts(Parts parts) {
  if (stopping_)
    return tl::unexpected(Refusal::stopping);
  if (!parts_.empty())
    return tl::unexpected(Refusal::already_running);
  parts_ = std::move(parts);
  progress_ = {};
  paused_ = false;
  changed_.notify_all();
  return {};
}

Rebuilder::Outcome Rebuilder::pause(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (!is_running(name))
    return tl::unexpected(Refusal::not_running);
  paused_ = true;
  return {};
}

Rebuilder::Outcome Rebuilder::resume(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (!is_running(name))
    return tl::unexpected(Refusal::not_running);
  paused_ = false;
  changed_.notify_all();
  return {};
}

Rebuilder::Outcome Rebuilder::cancel(std::string_view name) {
  return cancel_those([name](const Part& part) { return part.projection->name() == name; });
}

Rebuilder::Outcome Rebuilder::cancel_all() {
  return cancel_those([](const Part&) { return true; });
}

Rebuilder::Outcome Rebuilder::cancel_those(const std::function<bool(const Part&)>& chosen) {
  std::vector<RebuildEnded> ended;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& part : parts_) {
      if (!part->cancelled && chosen(*part))
        ended.push_back(give_up(*part));
    }
  }
  if (ended.empty())
    return tl::unexpected(Refusal::not_running);
  for (const auto& one : ended)
    tell(one);
  return {};
}

RebuildEnded Rebuilder::give_up(Part& part) {
  part.cancelled = true;
  cancelled_ = !together_.empty() && are_cancelled(together_);
  changed_.notify_all();
  RebuildEnded ended{std::string(part.projection->name()), RebuildResult{.outcome = RebuildOutcome::cancelled,
                                                                         .ended_at = options_.clock(),
                                                                         .progress = progress_,
                                                                         .reason = {},
                                                                         .comparison = {}}};
  results_.insert_or_assign(ended.projection, ended.result);
  return ended;
}

Rebuilder::Outcome Rebuilder::roll_back(std::string_view name, Done done) {
  auto* follower = follower_of(name);
  {
    const std::lock_guard lock(mutex_);
    if (is_running(name))
      return tl::unexpected(Refusal::already_running);
  }
  if (follower == nullptr || !follower->has_kept(name))
    return tl::unexpected(Refusal::nothing_kept);
  follower->roll_back(name, std::move(done));
  return {};
}

Rebuilder::Outcome Rebuilder::retire(std::string_view name, Done done) {
  auto* follower = follower_of(name);
  if (follower == nullptr || !follower->has_kept(name))
    return tl::unexpected(Refusal::nothing_kept);
  follower->retire_kept(name, std::move(done));
  return {};
}

tl::expected<Rebuilder::Claim, Rebuilder::Refusal>
Rebuilder::claim_parked(std::string_view name, const AccountId& stream, ParkedDecision decision) {
  const auto* follower = follower_of(name);
  if (follower == nullptr)
    return tl::unexpected(Refusal::unknown_projection);
  const bool needs_rebuild = !can_take_later(*follower->projection(name), stream);
  const Claimed wanted{.no_rebuild = needs_rebuild || decision == ParkedDecision::skip, .own_rebuild = needs_rebuild};
  const auto claimed = std::pair(std::string(name), stream);
  const std::lock_guard lock(mutex_);
  if (!parts_.empty() && wanted.no_rebuild)
    return tl::unexpected(Refusal::already_running);
  const auto excludes = [&wanted](const auto& one) {
    return (one.second.own_rebuild && wanted.no_rebuild) || (one.second.no_rebuild && wanted.own_rebuild);
  };
  if (std::ranges::any_of(claimed_, excludes) || !claimed_.emplace(claimed, wanted).second)
    return tl::unexpected(Refusal::is_decided);
  return Claim(this, [this, claimed](void*) {
    const std::lock_guard unlock(mutex_);
    claimed_.erase(claimed);
  });
}

Rebuilder::Outcome Rebuilder::retry_parked(std::string_view name, const AccountId& stream, Done done) {
  auto* follower = follower_of(name);
  if (follower == nullptr)
    return tl::unexpected(Refusal::unknown_projection);
  if (can_take_later(*follower->projection(name), stream)) {
    follower->retry_parked(name, stream, std::move(done));
    return {};
  }
  {
    const std::lock_guard lock(mutex_);  // whoever decided has seen to it that this is in nobody's way
    if (auto begun = begin_parts({make_part(name, true)}); !begun)
      return begun;
  }
  done({});
  return {};
}

Rebuilder::Outcome Rebuilder::skip_parked(std::string_view name, const SkippedEvent& skipped, Done done) {
  auto* follower = follower_of(name);
  if (follower == nullptr)
    return tl::unexpected(Refusal::unknown_projection);
  {
    const std::lock_guard lock(mutex_);
    if (!parts_.empty())
      return tl::unexpected(Refusal::already_running);
  }
  follower->skip_parked(name, skipped,
                        [this, name = std::string(name), stream = skipped.stream, done = std::move(done)](auto noted) {
                          if (!noted)
                            return done(std::move(noted));
                          // It may have gone on by itself meanwhile, as it does after a start.
                          const auto skipped_it = [done](const auto&) { done({}); };
                          if (auto retried = retry_parked(name, stream, skipped_it); !retried)
                            done(tl::unexpected(std::string("it is noted; try again when the rebuild has ended")));
                        });
  return {};
}

std::vector<ProjectionStatus> Rebuilder::statuses() const {
  std::vector<ProjectionStatus> statuses;
  for (const auto* follower : followers_) {
    auto some = follower->status();
    statuses.insert(statuses.end(), some.begin() + (statuses.empty() ? 0 : 1),
                    some.end());  // all begin with the log's state
  }
  const std::lock_guard lock(mutex_);
  for (auto& status : statuses) {
    for (const auto& part : parts_) {
      if (part->projection->name() != status.name || part->cancelled)
        continue;
      const bool waits = std::ranges::find(together_, part) == together_.end();
      status.rebuild =
          RebuildStatus{part->stage, paused_, waits ? WorkProgress{} : progress_, governor_.duty_percent()};
    }
    if (const auto result = results_.find(status.name); result != results_.end())
      status.last_rebuild = result->second;
  }
  return statuses;
}

}  // namespace gatehouse
