#include "replay/follower.hpp"

#include <algorithm>
#include <utility>

#include "projections/state_projection.hpp"
#include "replay/event_reader.hpp"
#include "store/background_priority.hpp"
#include "table/assert.hpp"

namespace gatehouse {

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
  const auto in_thread = [this](void (Follower::*work)()) {
    return std::thread([this, work] {
      if (options_.in_background)
        lower_own_priority();
      (this->*work)();
    });
  };
  thread_ = in_thread(&Follower::follow);
  if (!to_build_.empty())
    build_thread_ = in_thread(&Follower::build);
  return {};
}

void Follower::stop() {
  listener_.reset();
  stopping_.store(true);
  wake();
  if (build_thread_.joinable())
    build_thread_.join();
  if (thread_.joinable())
    thread_.join();
  waits_.stop();
}

tl::expected<void, std::string> Follower::open(Followed& followed) {
  const auto id = id_of(*followed.projection());
  std::shared_ptr<ProjectionTable> current, former;
  for (const auto& [table, role] : store_.list()) {
    const auto& projection = table->projection();
    if (projection.name != id.name)
      continue;
    if (role != GenerationRole::active) {
      if (auto dropped = store_.drop(*table); !dropped)
        return tl::unexpected(dropped.error().detail);
      continue;
    }
    if (const auto checkpoint = table->snapshot()->checkpoint(); checkpoint > log_.head()) {
      return tl::unexpected("projection " + id.name + " is at position " + std::to_string(checkpoint.value) +
                            ", ahead of the log, which ends at " + std::to_string(log_.head().value));
    }
    if (projection.version == id.version)
      current = table;
    else if (projection.version < id.version && projection.version >= followed.projection()->readable_since())
      former = table;
  }
  if (current) {
    // Once more: whatever it replaced may have outlived a crash.
    if (auto placed = put_in_place(store_, *current); !placed)
      return tl::unexpected(placed.error().detail);
    followed.follow(std::move(current));
  } else if (log_.head() == Position{}) {
    auto created = store_.create(id);
    if (!created)
      return tl::unexpected(created.error().detail);
    if (auto placed = put_in_place(store_, **created); !placed)
      return tl::unexpected(placed.error().detail);
    followed.follow(std::move(*created));
  } else {
    followed.serve_former(std::move(former));
    to_build_.push_back(followed.projection());
  }
  return {};
}

std::shared_ptr<const ProjectionSnapshot> Follower::rows(std::string_view name) const {
  const auto found =
      std::ranges::find_if(followed_, [&](const auto& one) { return one->projection()->name() == name; });
  GATEHOUSE_ASSERT(found != followed_.end());
  return (*found)->rows();
}

std::vector<FollowedProjection*> Follower::find(std::span<const std::string_view> names) const {
  std::vector<Followed*> found;
  for (const auto& followed : followed_) {
    if (std::ranges::find(names, followed->projection()->name()) != names.end())
      found.push_back(followed.get());
  }
  GATEHOUSE_ASSERT(found.size() == names.size());
  return found;
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
  const auto condition = [waited_for = find(names), position]() -> std::optional<WaitOutcome> {
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
                                        .version = StateProjection().version(),
                                        .state = ProjectionState::inline_,
                                        .position = head,
                                        .last_error = {},
                                        .rebuild = {}}};
  for (const auto& followed : followed_)
    status.push_back(followed->status(head));
  return status;
}

}  // namespace gatehouse
