// Which backup to restore, and where the restored log is to end.
#pragma once
#include <optional>

#include "backup/backup_folder.hpp"

namespace gatehouse {

// At most one of position and time.
struct RestorePoint {
  std::optional<BackupId> backup{};    // the newest that reaches the place, unless it is given
  std::optional<Position> position{};  // the last event; must be the last of its command
  std::optional<Timestamp> time{};     // before the first event that was recorded later than this
};

// The newest that reaches the point: after an earlier restore an older one may hold another history. Damage when that one's manifest cannot be believed.
[[nodiscard]] BackupResult<Backup> choose_backup(const std::vector<Backup>& backups, const RestorePoint& point);

// The event that a log which has the point ends with there; whole commands alone.
[[nodiscard]] BackupResult<Position> end_of(const EventLog& log, const RestorePoint& point);

}  // namespace gatehouse
