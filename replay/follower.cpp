#include "replay/follower.hpp"

#include <algorithm>
#include <utility>

#include "projections/state_projection.hpp"
#include "replay/left_out.hpp"
#include "store/background_priority.hpp"
#include "table/assert.hpp"

namespace gatehouse {

Timestamp wall_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

Follower::Follower(EventLog& log, ProjectionStore& store, ProjectionSet projections, Options options)
    : log_(log), store_(store), options_(options) {
  for (auto& projection : projections)
    followed_.push_back(std::make_unique<Followed>(std::move(projection)));
}

Follower::Follower(EventLog& log, ProjectionStore& store, ProjectionSet projections)
    : Follower(log, store, std::move(projections), Options{}) {}

Follower::~Follower() { stop(); }

tl::expected<void, std::string> Follower::start() {
  for (const auto& followed : followed_) {
    if (auto opened = open(*followed); !opened)
      return opened;
  }
  listener_ = log_.on_append([this](Position) { wake(); });
  thread_ = std::thread([this] {
    if (options_.in_background)
      lower_own_priority();
    follow();
  });
  return {};
}

void Follower::stop() {
  listener_.reset();
  stopping_.store(true);
  wake();
  if (thread_.joinable())
    thread_.join();
  {
    const std::lock_guard lock(mutex_);
    has_stopped_ = true;
  }
  run_tasks();
  for (const auto& one : std::exchange(when_even_, {}))
    one.then(tl::unexpected(std::string("the server is stopping")));
  waits_.stop();
}

tl::expected<void, std::string> Follower::open(Followed& followed) {
  const auto id = id_of(*followed.projection());
  std::shared_ptr<ProjectionTable> current, kept, former;
  for (const auto& [table, role] : store_.list()) {
    const auto& projection = table->projection();
    if (projection.name != id.name)
      continue;
    if (role == GenerationRole::building || (role == GenerationRole::kept && projection.version != id.version)) {
      if (auto dropped = store_.drop(*table); !dropped)
        return tl::unexpected(dropped.error().detail);
      continue;
    }
    if (const auto checkpoint = table->snapshot()->checkpoint(); checkpoint > log_.head()) {
      return tl::unexpected("projection " + id.name + " is at position " + std::to_string(checkpoint.value) +
                            ", ahead of the log, which ends at " + std::to_string(log_.head().value));
    }
    if (projection.version == id.version)
      (role == GenerationRole::kept ? kept : current) = table;
    else if (projection.version < id.version && projection.version >= followed.projection()->readable_since())
      former = table;
  }
  if (!current && log_.head() == Position{}) {
    auto created = store_.create(id);
    if (!created)
      return tl::unexpected(created.error().detail);
    current = std::move(*created);
  }
  if (!current) {
    followed.serve_former(former);
    lacking_.push_back({followed.projection(), std::move(former)});
    return {};
  }
  // Once more: whatever it replaced may have outlived a crash.
  if (auto placed = put_in_place(store_, *current, kept.get()); !placed)
    return tl::unexpected(placed.error().detail);
  followed.follow(std::move(current));
  if (kept)
    followed.put(Part::kept, std::make_unique<LiveGeneration>(followed.projection(), std::move(kept)));
  return {};
}

FollowedProjection* Follower::find(std::string_view name) const {
  const auto found =
      std::ranges::find_if(followed_, [&](const auto& one) { return one->projection()->name() == name; });
  return found == followed_.end() ? nullptr : found->get();
}

bool Follower::has(std::string_view name) const { return find(name) != nullptr; }

std::shared_ptr<const Projection> Follower::projection(std::string_view name) const {
  const auto* followed = find(name);
  return followed != nullptr ? followed->projection() : nullptr;
}

bool Follower::has_kept(std::string_view name) const {
  const auto* followed = find(name);
  return followed != nullptr && followed->has_kept();
}

bool Follower::has_current(std::string_view name) const {
  const auto* followed = find(name);
  return followed != nullptr && followed->has_current();
}

std::shared_ptr<const ProjectionSnapshot> Follower::rows(std::string_view name) const {
  const auto* followed = find(name);
  GATEHOUSE_ASSERT(followed != nullptr);
  return followed->rows();
}

std::vector<ParkedStream> Follower::parked_in(std::string_view name, const ProjectionSnapshot& rows) const {
  const auto* followed = find(name);
  GATEHOUSE_ASSERT(followed != nullptr);
  return followed->may_have_parked() ? left_out_of(rows).parked : std::vector<ParkedStream>();
}

std::vector<ParkedStream> Follower::parked(std::string_view name) const {
  const auto* followed = find(name);
  return followed != nullptr ? followed->parked() : std::vector<ParkedStream>();
}

bool Follower::have_reached(std::span<const std::string_view> names, Position position) const {
  return std::ranges::all_of(followed_, [&](const auto& followed) {
    return followed->has_reached(position) || std::ranges::find(names, followed->projection()->name()) == names.end();
  });
}

void Follower::wait_for(std::span<const std::string_view> names, Position position, Time deadline,
                        PositionWaits::Callback callback) {
  if (have_reached(names, position))
    return callback(WaitOutcome::reached);
  std::vector<const Followed*> waited_for;
  for (const auto name : names) {
    waited_for.push_back(find(name));
    GATEHOUSE_ASSERT(waited_for.back() != nullptr);
  }
  const auto condition = [waited_for = std::move(waited_for), position]() -> std::optional<WaitOutcome> {
    std::optional<WaitOutcome> outcome = WaitOutcome::reached;
    for (const auto* followed : waited_for) {
      if (followed->has_reached(position))
        continue;
      if (followed->has_failed())
        return WaitOutcome::failed;
      outcome.reset();
    }
    return outcome;
  };
  if (waits_.add(condition, deadline, std::move(callback)))
    wake();
}

std::vector<ProjectionStatus> Follower::status() const {
  const auto head = log_.head();
  std::vector<ProjectionStatus> status{{.name = std::string(state_projection),
                                        .version = state_rows_version,
                                        .state = ProjectionState::inline_,
                                        .position = head,
                                        .last_error = {},
                                        .parked_since = {},
                                        .kept = {},
                                        .rebuild = {},
                                        .last_rebuild = {}}};
  for (const auto& followed : followed_)
    status.push_back(followed->status(head));
  return status;
}

}  // namespace gatehouse
