// Keeps the projections up with the log, in one loop on a thread of its own: what happened while the program was off, what happens now, and the
// rest of a rebuild. Each event is decoded once for all of them; the rows and the checkpoint of each are one write, so a restart goes on exactly
// where the rows are. A projection that cannot take an event stops alone, until the next start tries again. A projection whose logic has another
// version than its rows is built anew on a second thread, and takes over when it has come up with the log.
//
// Threads: start() and stop() from one thread; everything else from any.
#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <tl/expected.hpp>
#include <vector>

#include "projections/projection_set.hpp"
#include "replay/build_generations.hpp"
#include "replay/followed_projection.hpp"
#include "replay/position_waits.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

class Follower {
 public:
  struct Options {
    std::size_t events_per_write = 1'000;
    std::size_t build_memory_bytes_max = 256U << 20;
    // On threads that get what nobody else wants, past the write-ahead log: a crash takes back what is in no table file yet, and it is folded again.
    bool in_background = false;
  };
  using Time = PositionWaits::Time;

  // `log` and `store` must outlive the follower.
  Follower(EventLog& log, ProjectionStore& store, ProjectionSet projections, Options options);
  Follower(EventLog& log, ProjectionStore& store, ProjectionSet projections);
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;
  ~Follower();  // stop()

  // Says why not: rows that are ahead of the log were made from events that it no longer has.
  [[nodiscard]] tl::expected<void, std::string> start();
  void stop();

  // The rows that answer queries now; null while there are none yet. Also of a projection that stopped.
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> rows(std::string_view name) const;

  // Whether the rows of all of these contain everything up to `position`. Costs a few comparisons and takes no lock.
  [[nodiscard]] bool have_reached(std::span<const std::string_view> names, Position position) const;
  // Calls back when they have, when one of them stopped, when the time is over or the follower stops: at once on the calling thread if that is
  // known already, later on the follower's. Must be quick.
  void wait_for(std::span<const std::string_view> names, Position position, Time deadline,
                PositionWaits::Callback callback);

  // The log's own state first, then the projections.
  [[nodiscard]] std::vector<ProjectionStatus> status() const;

 private:
  using Followed = FollowedProjection;

  [[nodiscard]] tl::expected<void, std::string> open(Followed& followed);
  [[nodiscard]] std::vector<Followed*> find(std::span<const std::string_view> names) const;

  void follow();
  void adopt_built();
  [[nodiscard]] bool advance(bool catching_up);
  [[nodiscard]] bool write(const std::vector<Followed*>& behind, const std::vector<RecordedEvent>& events);
  [[nodiscard]] ProjectionStore::Outcome store(const std::vector<ProjectionWrite>& writes) const;
  void take_over();
  void sleep();
  void wake();
  void build();

  EventLog& log_;
  ProjectionStore& store_;
  const Options options_;
  std::vector<std::unique_ptr<Followed>> followed_;
  ProjectionSet to_build_;

  PositionWaits waits_;
  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
  std::thread build_thread_;
  std::atomic<bool> stopping_{};

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool woken_{};
  std::vector<BuiltGeneration> built_;
};

}  // namespace gatehouse
