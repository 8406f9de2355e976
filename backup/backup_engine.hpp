// What RocksDB's BackupEngine does for us in a folder of backups: copies the files of an open database, opens a backup where it lies, puts one back.
#pragma once
#include <memory>
#include <vector>

#include "backup/backup_folder.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse {

struct CopyPace {
  std::uint64_t bytes_per_second = 0;  // 0: as fast as it goes
  std::uint64_t free_bytes_min = 0;    // with less left on the disk it is given up
  BytesSink progress{};                // about what was copied
};

// Ids of backups whose making was cut short are used for nothing; they go first, those in `finished` stay. Everything is on disk when it returns.
[[nodiscard]] BackupResult<BackupId> copy_database(const BackupFolder& folder, const RocksEventLog& log,
                                                   const std::vector<BackupId>& finished, const CopyPace& pace);
// All but the newest `keep`, and the files that are those of none. The ids that are left.
[[nodiscard]] BackupResult<std::vector<BackupId>> drop_old(const BackupFolder& folder, std::uint64_t keep);
// That one, and the files that are those of no other.
[[nodiscard]] BackupResult<void> drop_one(const BackupFolder& folder, BackupId id);

// Where the engine's own record of a backup lies, below the folder.
[[nodiscard]] std::string engine_record(BackupId id);

// Path and size of every file of a backup, the engine's own record of it included, ordered by path.
[[nodiscard]] BackupResult<FileList> files_in(const BackupFolder& folder, BackupId id);
// Where it lies, read-only. It must reach the mark.
[[nodiscard]] BackupResult<std::unique_ptr<RocksEventLog>> open_backup(const BackupFolder& folder, BackupId id,
                                                                       const LogMark& reached);
// Into the folder of a database that is not there yet.
[[nodiscard]] BackupResult<void> restore_database(const BackupFolder& folder, BackupId id,
                                                  const std::filesystem::path& database);

}  // namespace gatehouse
