// Whether a backup is what its manifest says: every file's bytes, every event's frame, place and link of the chain, the head, and the root of the tree.
#pragma once
#include <functional>
#include <optional>

#include "backup/backup_folder.hpp"
#include "store/scratch_table.hpp"

namespace gatehouse {

// The files alone; all that are wrong, in one error.
[[nodiscard]] BackupResult<void> prove_files(const BackupFolder& folder, const Backup& backup,
                                             const BytesSink& progress);

// The engine's records of them, which it must not read otherwise (backup/backup_engine.cpp). Of a backup that has no list of files nothing can be said.
[[nodiscard]] BackupResult<void> prove_records(const BackupFolder& folder, const std::vector<Backup>& backups);

// What the files hold; `progress` is told of events. With `tree_space` the tree is folded anew from all events, there. Throws ScratchFailed.
[[nodiscard]] BackupResult<void> prove_content(const BackupFolder& folder, const Backup& backup,
                                               const std::optional<ScratchSpace>& tree_space,
                                               const std::function<void(Position done, Position head)>& progress);

}  // namespace gatehouse
