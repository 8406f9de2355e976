#include "backup/prove_backup.hpp"

#include <algorithm>

#include "backup/backup_engine.hpp"
#include "backup/compare_files.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse {

BackupResult<void> prove_files(const BackupFolder& folder, const Backup& backup, const BytesSink& progress) {
  if (!backup.damage.empty())
    return backup_damaged("manifests/" + std::to_string(backup.id) + ": " + backup.damage);
  const auto files = folder.files_of(backup);
  if (!files)
    return tl::unexpected(files.error());
  return compare_files(folder.path(), *files, progress);
}

BackupResult<void> prove_records(const BackupFolder& folder, const std::vector<Backup>& backups) {
  FileList records;
  for (const auto& backup : backups) {
    const auto files = folder.files_of(backup);
    if (!files)
      continue;
    const auto listed = std::ranges::find(*files, engine_record(backup.id), &ListedFile::path);
    if (listed != files->end())
      records.push_back(*listed);
  }
  return compare_files(folder.path(), records, {});
}

BackupResult<void> prove_content(const BackupFolder& folder, const Backup& backup,
                                 const std::optional<ScratchSpace>& tree_space,
                                 const std::function<void(Position done, Position head)>& progress) {
  const auto log = open_backup(folder, backup.id, backup.manifest.head);
  if (!log)
    return tl::unexpected(log.error());
  const auto verified = (*log)->verify_chain(progress);
  if (!verified)
    return backup_damaged(to_text(verified.error()));
  if (verified->head != backup.manifest.head)
    return backup_damaged("the log ends at event " + std::to_string(verified->head.position.value) +
                          " with another chain than the manifest says, at " +
                          std::to_string(backup.manifest.head.position.value));
  if (!tree_space)
    return {};
  const auto head = transparency::verify_tree(**log, *(*log)->projections(), *tree_space);
  if (!head)
    return backup_damaged(head.error());
  if (head->root != backup.manifest.root)
    return backup_damaged("the events do not give the root that the manifest says");
  return {};
}

}  // namespace gatehouse
