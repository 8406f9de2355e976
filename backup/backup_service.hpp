// Backups by a running server: when they are due, and when somebody asks, one at a time, on a thread of its own; and copies of the keys (backup/keys_copies.hpp). What is heavy of
// it, the reading of the copy and the keys, has a low priority. Commands never wait for it.
//
// Threads: start() and stop() from one; everything else from any.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "backup/keys_copies.hpp"
#include "backup/make_backup.hpp"
#include "sealing/subject_keys.hpp"

namespace gatehouse {

struct BackupSettings {
  std::filesystem::path folder;
  std::filesystem::path keys_folder{};  // empty: the keys are not copied
  std::chrono::seconds interval{};      // 0: when somebody asks alone
  std::uint64_t keep = backups_kept_default;
  std::uint64_t bytes_per_second = backup_bytes_per_second_default;
  bool verify = true;
};

struct BackupStatus {
  bool running{};
  BackupStep step{};                        // while it runs, and
  std::uint64_t step_bytes{};               // about how much of it is done
  std::optional<Timestamp> last_success{};  // of the newest backup, also of an earlier run of the server
  std::uint64_t failures{};                 // since the start, of copies of the keys too
  std::string last_error{};                 // of the last one, or of the last copy of the keys; empty: both succeeded
};

class BackupService {
 public:
  // What outlives it.
  struct Parts {
    RocksEventLog& log;
    const SubjectKeys* keys{};   // null where the log seals no texts
    std::filesystem::path data;  // folder
    const tlog::NoteSigner& signer;
  };
  using Report = KeysCopies::Report;  // from two threads

  BackupService(const Parts& parts, BackupSettings settings, std::function<Timestamp()> clock, Report report);
  ~BackupService();  // stop()

  void start();
  // What runs is given up.
  void stop();

  // False: one is being made, or was asked for already.
  [[nodiscard]] bool ask();
  [[nodiscard]] BackupStatus status() const;
  [[nodiscard]] const BackupSettings& settings() const { return settings_; }

 private:
  void run();
  [[nodiscard]] bool wait_until_due(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] BackupResult<Backup> make();
  void note_outcome(const BackupResult<Backup>& outcome);
  void tell(BackupStep step, std::uint64_t bytes);
  void find_last();

  const Parts parts_;
  const BackupSettings settings_;
  const std::function<Timestamp()> clock_;
  const Report report_;
  std::optional<KeysCopies> keys_;
  std::thread thread_;
  std::atomic<bool> stopping_{};

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool asked_{};
  std::chrono::steady_clock::time_point due_at_;
  BackupStatus status_;
};

}  // namespace gatehouse
