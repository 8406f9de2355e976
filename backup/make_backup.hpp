// Makes a backup of a log that may be in use: copies its files, opens the copy, reads from it where the log ends and what its tree's root is, and has a manifest signed that says so.
#pragma once
#include <functional>

#include "backup/backup_folder.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse {

inline constexpr std::uint64_t backups_kept_default = 24;
inline constexpr std::uint64_t backup_bytes_per_second_default = 64U << 20;

enum class BackupStep : std::uint8_t { waiting, copying, listing, verifying, keys };
[[nodiscard]] std::string_view to_text(BackupStep step);

struct BackupOrder {
  std::filesystem::path folder;
  std::uint64_t keep = backups_kept_default;  // of all, this one included
  std::uint64_t bytes_per_second = backup_bytes_per_second_default;
  std::uint64_t free_bytes_min = ReserveLimits().free_bytes_min;  // that are left on the disk, or it is given up
  std::chrono::seconds patience{};                                // while another process uses the folder
  bool verify = true;                                             // read it all once more before it counts
  std::function<Timestamp()> clock;
  std::function<void(BackupStep, std::uint64_t bytes)> progress{};  // may throw BackupCancelled, which comes out
};

// What the log had acknowledged when it was called is in it. Older backups than are to be kept go. Where it fails, also because it does not verify, they stay, and what was begun is taken
// away, at the latest by the next.
[[nodiscard]] BackupResult<Backup> make_backup(const RocksEventLog& log, const tlog::NoteSigner& signer,
                                               const BackupOrder& order);

}  // namespace gatehouse
