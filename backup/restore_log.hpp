// Puts a backup's log into a new folder, ends it where it is wanted, and proves what it put there before anybody gets it.
#pragma once
#include <memory>

#include "backup/restore_point.hpp"
#include "replay/work_progress.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse {

struct RestoredLog {
  std::unique_ptr<RocksEventLog> log;
  Backup backup;
  bool is_cut{};  // it ends before the backup does; read models are then made by the server's start
};

// `data` is an empty folder, in which things are left when it fails. `progress` is told of the events that are folded. Proven is: every file of the backup, every frame and link of the chain, that the
// head is the manifest's (or the wanted event), the tree's root, and that the rows of state and read models are those that the events give.
[[nodiscard]] BackupResult<RestoredLog> restore_log(const BackupFolder& folder, const RestorePoint& point,
                                                    const std::filesystem::path& data, const ProgressSink& progress);

}  // namespace gatehouse
