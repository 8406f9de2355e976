// Makes projections anew while the server serves: folds the log from nothing beside the rows that serve, brings the new ones up, compares, and has
// them take over; what they replace is kept, brought forward too, until it is retired, so that going back is at once. Projections without rows of
// this program's version are made at the start without being asked for. One rebuild at a time, of any number of projections in one reading of the log.
// Nothing leaves the server because of one: what is due is told by rows that say the same as those before.
//
// Threads: start() and stop() from one thread, after the followers have started and before they stop; everything else from any.
#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "replay/build_governor.hpp"
#include "replay/follower.hpp"

namespace gatehouse {

class Rebuilder {
 public:
  struct Options {
    std::size_t memory_bytes_max = 256U << 20;  // of rows in the making
    std::function<Timestamp()> clock = wall_time;
    IncidentSink report{};
  };
  enum class Refusal : std::uint8_t {
    unknown_projection,
    already_running,
    not_running,
    nothing_kept,
    is_decided,
    stopping
  };
  using Outcome = tl::expected<void, Refusal>;

  // All outlive the rebuilder.
  Rebuilder(EventLog& log, ProjectionStore& store, std::vector<Follower*> followers, Options options);
  Rebuilder(const Rebuilder&) = delete;
  Rebuilder& operator=(const Rebuilder&) = delete;
  ~Rebuilder();  // stop()

  void start();
  void stop();

  // Of these, or without names of all that are followed; the log's own state can only be compared. Without `take_over` the new rows go when they are
  // compared. Refused while somebody holds a claim that it would be in the way of.
  [[nodiscard]] Outcome begin(const std::vector<std::string>& names, bool take_over);
  // Of the whole rebuild that the projection is part of.
  [[nodiscard]] Outcome pause(std::string_view name);
  [[nodiscard]] Outcome resume(std::string_view name);
  // Of this projection alone: it is no longer being made anew at once, and its result is there.
  [[nodiscard]] Outcome cancel(std::string_view name);
  [[nodiscard]] Outcome cancel_all();

  // `done` comes on a follower's thread, or at once with a refusal.
  using Done = std::function<void(tl::expected<void, std::string>)>;
  [[nodiscard]] Outcome roll_back(std::string_view name, Done done);
  [[nodiscard]] Outcome retire(std::string_view name, Done done);

  // To be held by whoever decides about what a stream has parked, from before the decision is recorded until it is carried out: there is one at a time, and none that a rebuild
  // would refuse; nor does one begin meanwhile that would.
  enum class ParkedDecision : std::uint8_t { retry, skip };
  using Claim = std::shared_ptr<void>;
  [[nodiscard]] tl::expected<Claim, Refusal> claim_parked(std::string_view name, const AccountId& stream,
                                                          ParkedDecision decision);
  // `done` is told what was wrong; the rows say what comes of it. Where one stream cannot be taken later than the others, all rows are made anew.
  [[nodiscard]] Outcome retry_parked(std::string_view name, const AccountId& stream, Done done);
  [[nodiscard]] Outcome skip_parked(std::string_view name, const SkippedEvent& skipped, Done done);

  // Null for a projection that does not exist, and for the log's state.
  [[nodiscard]] Follower* follower_of(std::string_view name) const;
  // Is to be told of every command that is answered.
  [[nodiscard]] BuildGovernor& governor() { return governor_; }
  // What the followers say, and what this does.
  [[nodiscard]] std::vector<ProjectionStatus> statuses() const;

 private:
  struct Part {  // one projection's share of the rebuild
    std::shared_ptr<const Projection> projection;
    Follower* follower{};                              // none: the log's state
    std::shared_ptr<const ProjectionSnapshot> former;  // of an earlier version; may be null
    std::uint32_t former_version{};
    std::shared_ptr<const StateSnapshot> state;
    bool take_over = true;
    RebuildStage stage{};
    std::atomic<bool> cancelled{};
  };
  using Parts = std::vector<std::shared_ptr<Part>>;
  // What a decision that is being recorded will need.
  struct Claimed {
    bool no_rebuild{};   // that is not its own
    bool own_rebuild{};  // to take the stream again
  };

  [[nodiscard]] Outcome begin_parts(Parts parts);  // under the mutex
  [[nodiscard]] std::shared_ptr<Part> make_part(std::string_view name, bool take_over) const;
  [[nodiscard]] Parts lacking_parts() const;
  void choose_next();                                          // under the mutex
  [[nodiscard]] RebuildEnded give_up(Part& part);              // under the mutex
  [[nodiscard]] bool is_running(std::string_view name) const;  // under the mutex
  [[nodiscard]] static bool are_cancelled(const Parts& parts);
  [[nodiscard]] Outcome cancel_those(const std::function<bool(const Part&)>& chosen);
  void tell(const RebuildEnded& ended) const;

  void run();
  void rebuild(const Parts& parts);
  [[nodiscard]] BuildTarget target_of(const Part& part) const;
  void pace(std::chrono::nanoseconds step);
  void hold_while_paused();
  void enter(Part& part, RebuildStage stage);
  static void compare_with(const Part& part, Position position, const TableReader& former, const TableReader& fresh,
                           RebuildResult& result);
  void finish(Part& part, BuiltGeneration built);
  void finish_followed(Part& part, BuiltGeneration built, RebuildResult& result);
  void finish_state(Part& part, const BuiltGeneration& built, RebuildResult& result);
  void end(Part& part, RebuildResult result);

  EventLog& log_;
  ProjectionStore& store_;
  const std::vector<Follower*> followers_;
  const Options options_;
  BuildGovernor governor_;
  std::thread thread_;
  std::atomic<bool> stopping_{};
  std::atomic<bool> cancelled_{};  // all parts

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool paused_{};
  Parts parts_;     // of the rebuild that is wanted or under way
  Parts together_;  // those of them that are being made now
  WorkProgress progress_;
  std::chrono::milliseconds paused_for_{};  // in the reading of now, and no part of its time
  std::map<std::string, RebuildResult, std::less<>> results_;
  std::map<std::pair<std::string, AccountId>, Claimed> claimed_;
};

}  // namespace gatehouse
