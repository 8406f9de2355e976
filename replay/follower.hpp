// Keeps the projections up with the log, in one loop on a thread of its own: what happened while the program was off, what happens now, and what
// was appended while rows were made anew. Each event is decoded once for all of them; the rows and the checkpoint of each are one write, so a restart
// goes on exactly where the rows are. An event that a projection cannot take parks its stream there, and the rest goes on. Rows that were made anew
// (replay/rebuilder.hpp) come up beside those that serve and take their place between two writes; those are kept up until they are retired.
//
// Threads: start() and stop() from one thread; everything else from any.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
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
#include "replay/incident.hpp"
#include "replay/position_waits.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

[[nodiscard]] Timestamp wall_time();

class Follower {
 public:
  struct Options {
    std::size_t events_per_write = 1'000;
    // On threads that get what nobody else wants, past the write-ahead log: a crash takes back what is in no table file yet, and it is folded again.
    bool in_background = false;
    std::function<Timestamp()> clock = wall_time;  // for what is said of attempts
    IncidentSink report{};                         // of the rows that serve
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
  // Streams of which `rows`, which rows() gave, lack events. Nearly always none, which costs nothing to find out.
  [[nodiscard]] std::vector<ParkedStream> parked_in(std::string_view name, const ProjectionSnapshot& rows) const;
  [[nodiscard]] std::vector<ParkedStream> parked(std::string_view name) const;

  // Whether the rows of all of these contain everything up to `position`. Costs a few comparisons and takes no lock.
  [[nodiscard]] bool have_reached(std::span<const std::string_view> names, Position position) const;
  // Calls back when they have, when one of them stopped, when the time is over or the follower stops: at once on the calling thread if that is
  // known already, later on the follower's. Must be quick.
  void wait_for(std::span<const std::string_view> names, Position position, Time deadline,
                PositionWaits::Callback callback);

  // The log's own state first, then the projections.
  [[nodiscard]] std::vector<ProjectionStatus> status() const;

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::shared_ptr<const Projection> projection(std::string_view name) const;
  // Rows that can be gone back to.
  [[nodiscard]] bool has_kept(std::string_view name) const;
  // Rows of today's version serve.
  [[nodiscard]] bool has_current(std::string_view name) const;
  // Those without rows of today's version, after start(); with what serves in their place.
  struct Lacking {
    std::shared_ptr<const Projection> projection;
    std::shared_ptr<ProjectionTable> former;  // may be null
  };
  [[nodiscard]] const std::vector<Lacking>& lacking() const { return lacking_; }

  // What follows is done on the follower's thread, between two writes, and `done` is called there: with what was wrong, or nothing. On a follower that
  // has stopped it is called at once.
  using Done = std::function<void(tl::expected<void, std::string>)>;
  struct EvenRows {
    std::shared_ptr<const ProjectionSnapshot> current;  // null when there are none of today's version
    std::shared_ptr<const ProjectionSnapshot> fresh;
  };
  using WhenEven = std::function<void(tl::expected<EvenRows, std::string>)>;

  // Brings rows that were made anew up to those that serve, or to the log's head, and keeps them there.
  void bring_up(BuiltGeneration built, WhenEven when_even);
  // They serve from then on; what served is kept, or let go because it cannot be read.
  enum class Former : std::uint8_t { kept, let_go };
  void switch_over(std::string_view name, Former former, Done done);
  void drop_fresh(std::string_view name, Done done);
  // Today's rows cannot be made.
  void fail_build(std::string_view name, FoldFailure failure);
  // The kept rows serve again, and those that served are kept.
  void roll_back(std::string_view name, Done done);
  void retire_kept(std::string_view name, Done done);
  // Only where the stream can be taken later than the others (Projection::takes_accounts_apart), and for the log's own streams.
  void retry_parked(std::string_view name, const AccountId& stream, Done done);
  // Notes it, for the next attempt.
  void skip_parked(std::string_view name, const SkippedEvent& skipped, Done done);

 private:
  using Followed = FollowedProjection;
  using Part = Followed::Part;
  using Task = std::function<void()>;
  // Waits until two parts hold the same events.
  struct WhenPartEven {
    Followed* followed{};
    Part part{};
    std::function<void(tl::expected<void, std::string>)> then;
  };

  [[nodiscard]] tl::expected<void, std::string> open(Followed& followed);
  [[nodiscard]] Followed* find(std::string_view name) const;

  void follow();
  void run_tasks();
  void post(Task task);
  [[nodiscard]] bool advance(bool fresh);
  [[nodiscard]] bool advance_parked();
  struct Behind {
    Followed* followed{};
    Part part{};
    [[nodiscard]] LiveGeneration& generation() const { return *followed->at(part); }
  };
  [[nodiscard]] std::vector<Behind> find_behind(bool fresh) const;
  void write(const std::vector<Behind>& behind, std::vector<FoldStep> steps);
  void publish(const Behind& written, const FoldStep& step);
  void fail(const Behind& one, FoldFailure failure);
  void report(const Incident& incident) const;
  [[nodiscard]] ProjectionStore::Outcome store(const std::vector<ProjectionWrite>& writes, bool logged) const;
  [[nodiscard]] bool may_take_over(const Followed& followed, Part part) const;
  void settle_parts();
  void drop(Followed& followed, Part part);
  void when_even(Followed& followed, Part part, std::function<void(tl::expected<void, std::string>)> then);
  void serve(Followed& followed, Part part, Former former, const Done& done);
  [[nodiscard]] FoldStep fold(const Behind& behind, std::span<const RecordedEvent> events) const;
  void sleep();
  void wake();

  EventLog& log_;
  ProjectionStore& store_;
  const Options options_;
  std::vector<std::unique_ptr<Followed>> followed_;
  std::vector<Lacking> lacking_;
  std::vector<WhenPartEven> when_even_;

  PositionWaits waits_;
  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
  std::atomic<bool> stopping_{};

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool woken_{};
  bool has_stopped_{};
  std::vector<Task> tasks_;
};

}  // namespace gatehouse
