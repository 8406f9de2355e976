// The log as a transparency log: a thread that folds what was appended into the trees, commits the accounts' heads now and then, and hands each state of the tree to
// the publisher. Nothing waits for it when a command is answered; what it keeps is derived from the log and never ahead of it.
//
// Threads: start() and stop() from one; everything else from any.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tl/expected.hpp>

#include "commands/command_service.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"
#include "transparency/checkpoint_publisher.hpp"
#include "transparency/tree_fold.hpp"

namespace gatehouse::transparency {

// Where the rows are kept.
inline constexpr std::string_view tree_table = "transparency";
inline constexpr std::uint32_t tree_table_version = 1;

inline constexpr std::chrono::milliseconds heads_interval_default{60'000};
inline constexpr std::size_t heads_pending_max = 100'000;  // events, then their heads are committed at once

class LogTree {
 public:
  using Time = CheckpointPublisher::Time;
  using Done = CheckpointPublisher::Done;

  // What outlives the tree; see CheckpointPublisher::Parts.
  struct Parts {
    EventLog& log;
    ProjectionStore& store;
    CommandService& commands;
    const tlog::NoteSigner& signer;
    Cosigner* cosigner = nullptr;
    const KeptCheckpoint* kept = nullptr;
  };
  struct Settings {
    std::chrono::milliseconds heads_interval = heads_interval_default;  // from the first event that is not committed to
    std::function<void(std::string_view)> report = [](std::string_view) {};  // what an operator should know
  };

  LogTree(const Parts& parts, Settings settings);
  ~LogTree();  // stop()

  // Says why not: the rows are ahead of the log, or the disk failed.
  [[nodiscard]] tl::expected<void, std::string> start();
  // Commits the heads of what is not committed to yet, for which commands are still to be taken.
  void stop();

  // Null until the first head was signed.
  [[nodiscard]] std::shared_ptr<const TreeView> published() const { return publisher_.published(); }
  [[nodiscard]] const tlog::VerifierKey& verifier_key() const { return parts_.signer.verifier_key(); }

  // `text` ends with a line end, and its first line is no origin of a log.
  [[nodiscard]] tlog::Note sign(std::string text) const { return parts_.signer.sign(std::move(text)); }

  // Until the published tree contains `position`; see CheckpointPublisher::wait_for.
  void wait_for(Position position, Time deadline, Done done);
  // Until its heads contain what happened up to `position`, a commitment there aside; they are committed now if they were not yet.
  void wait_for_heads(Position position, Time deadline, Done done);

  // Why the tree grows no more, or empty.
  [[nodiscard]] std::string failure() const;
  [[nodiscard]] std::uint64_t size() const { return size_; }  // whether or not published
  [[nodiscard]] std::uint64_t publishing_failures() const { return publisher_.failures(); }
  [[nodiscard]] bool lacks_cosignatures() const { return publisher_.lacks_cosignatures(); }
  [[nodiscard]] std::chrono::seconds since_start() const {
    return std::chrono::duration_cast<std::chrono::seconds>(Time::clock::now() - made_at_);
  }
  // Of no witnesses where there are none.
  [[nodiscard]] CosigningStatus cosigning() const {
    return parts_.cosigner == nullptr ? CosigningStatus() : parts_.cosigner->status();
  }

 private:
  [[nodiscard]] tl::expected<std::shared_ptr<ProjectionTable>, std::string> open_table();
  void run();
  void grow();
  void restore_published();
  bool advance();
  void commit_heads();
  [[nodiscard]] bool heads_are_wanted() const;
  [[nodiscard]] bool heads_are_due();
  void sleep();
  void note_growth();
  void wake();

  const Parts parts_;
  const Settings settings_;
  const Time made_at_ = Time::clock::now();
  CheckpointPublisher publisher_;
  std::shared_ptr<ProjectionTable> table_;
  std::optional<TreeFold> fold_;
  std::optional<Time> uncommitted_since_;
  std::atomic<std::uint64_t> size_{};

  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
  std::atomic<bool> stopping_{};
  std::atomic<std::uint64_t> heads_wanted_{};  // the last position that somebody wants covered
  std::uint64_t committed_through_{};          // since the start; the thread's own

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool woken_{};
  std::string failure_;
};

}  // namespace gatehouse::transparency
