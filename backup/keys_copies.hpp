// Keeps the copy of the persons' keys and of the server's secrets (backup/keys_backup.hpp) as it is to be while the server runs: made anew after a start, and as soon as a key was destroyed,
// so that the key lives on nowhere. On a thread of its own, because a backup, which may take hours, is not to keep it waiting.
//
// Threads: start() and stop() from one; everything else from any.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "backup/backup_error.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

// Until a copy or a backup that failed is tried again by itself.
inline constexpr std::chrono::seconds backup_retry{60};

class KeysCopies {
 public:
  // What outlives it.
  struct Parts {
    EventLog& log;
    const SubjectKeys* keys{};   // null where the log seals no texts: copies are made when somebody asks alone
    std::filesystem::path data;  // folder
    std::filesystem::path copy;  // folder of the copy
  };
  using Report = std::function<void(bool is_failure, const std::string& line)>;

  KeysCopies(Parts parts, Report report) : parts_(std::move(parts)), report_(std::move(report)) {}
  ~KeysCopies();  // stop()

  void start();
  void stop();

  // Makes one now, which has whatever was there before. Who fails is reported, and tried again after `backup_retry`.
  [[nodiscard]] bool make();

  [[nodiscard]] std::uint64_t failures() const { return failures_; }  // since the start
  [[nodiscard]] std::string last_error() const;                       // of the last one; empty: it succeeded

 private:
  void run();
  [[nodiscard]] bool is_due() const;

  const Parts parts_;
  const Report report_;
  std::unique_ptr<EventLog::Listener> listener_;
  std::thread thread_;
  std::atomic<std::uint64_t> destroyed_copied_{};  // SubjectKeys::destroyed() that the copy knows of
  std::atomic<std::uint64_t> failures_{};
  std::mutex making_;  // taken before the other

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool stopping_{};
  bool made_{};  // since the start: what was destroyed before it may not have been copied
  std::chrono::steady_clock::time_point not_before_{};
  std::string last_error_;
};

}  // namespace gatehouse
