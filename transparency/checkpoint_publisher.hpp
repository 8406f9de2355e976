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
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

// What makes cosignatures; called on the publisher's thread.
class Cosigner {
 public:
  virtual ~Cosigner() = default;
  // As many valid ones as it could get for this tree's checkpoint, and whether they are enough. stop() ends a call soon.
  struct Result {
    std::vector<tlog::Signature> signatures;
    bool enough = false;
  };
  [[nodiscard]] virtual Result cosign(const TreeView& tree, const tlog::Note& checkpoint) = 0;
  virtual void cancel() = 0;
};

class CheckpointPublisher {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Done = std::function<void(bool reached)>;
  using Condition = std::function<bool(const TreeView& published)>;

  // Both outlive the publisher; `cosigner` may be missing.
  CheckpointPublisher(const tlog::NoteSigner& signer, Cosigner* cosigner);
  ~CheckpointPublisher();  // stop()

  void start();
  void stop();

  // The tree as it is now; the latest offer alone counts.
  void offer(TreeView tree);
  // Null before the first.
  [[nodiscard]] std::shared_ptr<const TreeView> published() const;

  // Calls `done` once and quickly: with true when what is published fulfils `condition`, with false at the deadline or when the publisher stops.
  // On the calling thread if it does already.
  void wait_for(Condition condition, Time deadline, Done done);

  // How often a checkpoint lacked cosignatures.
  [[nodiscard]] std::uint64_t failures() const { return failures_; }

 private:
  struct Waiter {
    Condition condition;
    Time deadline;
    Done done;
  };

  void run();
  void publish(const TreeView& tree);
  void answer_waiters();
  [[nodiscard]] Time next_wake(Time now) const;

  const tlog::NoteSigner& signer_;
  Cosigner* cosigner_;
  std::atomic<std::uint64_t> failures_{};

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
