// Signs the heads of the tree, has them cosigned by witnesses where there are some, and publishes them: on a thread of its own, so that a slow witness
// delays nothing but checkpoints. What was published stays until the next one has the cosignatures that are demanded.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tlog/note.hpp"
#include "transparency/cosigner.hpp"
#include "transparency/kept_checkpoint.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

class CheckpointPublisher {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Done = std::function<void(bool reached)>;
  using Condition = std::function<bool(const TreeView& published)>;

  using Report = std::function<void(std::string_view)>;

  // What outlives the publisher. Without a cosigner every head is published as it is; without `kept` nothing is known of it after a restart.
  struct Parts {
    const tlog::NoteSigner& signer;
    Cosigner* cosigner = nullptr;
    const KeptCheckpoint* kept = nullptr;
  };
  CheckpointPublisher(const Parts& parts, Report report);
  ~CheckpointPublisher();  // stop()

  void start();
  void stop();

  // What was published before a restart, with its checkpoint; before the first offer.
  void resume(TreeView tree);
  // The tree as it is now; the latest offer alone counts.
  void offer(TreeView tree);
  // Null before the first.
  [[nodiscard]] std::shared_ptr<const TreeView> published() const;

  // Calls `done` once and quickly: with true when what is published fulfils `condition`, with false at the deadline or when the publisher stops.
  // On the calling thread if it does already.
  void wait_for(Condition condition, Time deadline, Done done);

  // How often a checkpoint lacked cosignatures, and whether the last one did.
  [[nodiscard]] std::uint64_t failures() const { return failures_; }
  [[nodiscard]] bool lacks_cosignatures() const { return lacks_cosignatures_; }

 private:
  struct Waiter {
    Condition condition;
    Time deadline;
    Done done;
  };

  void run();
  void publish(const TreeView& tree);
  [[nodiscard]] bool add_cosignatures(const TreeView& tree, tlog::Note& note);
  [[nodiscard]] bool keep(const std::string& checkpoint);
  void keep_late(Time now);
  void answer_waiters();
  [[nodiscard]] Time next_wake(Time now) const;

  const Parts parts_;
  const Report report_;
  std::atomic<std::uint64_t> failures_{};
  std::atomic<bool> lacks_cosignatures_{};

  // The publisher's thread alone.
  std::string unkept_;  // the checkpoint that is published and waits until `keep_at_` to be kept, if any
  Time keep_at_{};
  bool keeping_fails_ = false;  // reported already

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::optional<TreeView> offered_;
  std::shared_ptr<const TreeView> published_;
  std::vector<Waiter> waiters_;
  Time retry_at_{};
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse::transparency
