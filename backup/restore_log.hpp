// Puts a backup's log into a new folder, ends it where it is wanted, and proves what it put there before anybody gets it.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "backup/restore_point.hpp"
#include "replay/work_progress.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse {

struct RestoredLog {
  std::unique_ptr<RocksEventLog> log;
  Backup backup;
  bool is_cut{};  // it ends before the backup does; read models are then made by the server's start
  std::vector<std::string> remarks{};    // on rows that were left out, for people
  std::vector<std::string> made_anew{};  // read models whose rows in the backup were not those that the log gives
};

// `data` is an empty folder, in which things are left when it fails. `progress` is told of the events that are folded. Proven is: every file of the backup, every frame and link of the chain, that the
// head is the manifest's (or the wanted event), the tree's root, and that the rows of state and read models are those that the events give, without what was skipped or is parked. A read model whose
// rows are not is made anew; kept rows that are not are left out.
[[nodiscard]] BackupResult<RestoredLog> restore_log(const BackupFolder& folder, const RestorePoint& point,
                                                    const std::filesystem::path& data, const ProgressSink& progress);

}  // namespace gatehouse
