#include "backup/prove_backup.hpp"

#include "backup/backup_engine.hpp"
#include "transparency/offline_tree.hpp"

namespace gatehouse {

namespace {

std::string problem_of(const BackupFolder& folder, const ListedFile& expected, const BytesSink& progress) {
  const auto found = digest_of(folder.path(), expected.path, progress);
  if (!found)
    return found.error().message();
  if (found->bytes != expected.bytes)
    return "has " + std::to_string(found->bytes) + " bytes, not " + std::to_string(expected.bytes);
  return found->digest == expected.digest ? "" : "its bytes are not those that were written";
}

}  // namespace

BackupResult<void> prove_files(const BackupFolder& folder, const Backup& backup, const BytesSink& progress) {
  if (!backup.damage.empty())
    return backup_damaged("manifests/" + std::to_string(backup.id) + ": " + backup.damage);
  const auto files = folder.files_of(backup);
  if (!files)
    return tl::unexpected(files.error());
  std::string problems;
  for (const auto& file : *files) {
    if (const auto problem = problem_of(folder, file, progress); !problem.empty())
      problems += (problems.empty() ? "" : "\n") + file.path + ": " + problem;
  }
  if (!problems.empty())
    return backup_damaged(std::move(problems));
  return {};
}

BackupResult<void> prove_content(const BackupFolder& folder, const Backup& backup, TreeProof tree,
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
  if (tree == TreeProof::none)
    return {};
  const auto head = transparency::verify_tree(**log, *(*log)->projections());
  if (!head)
    return backup_damaged(head.error());
  if (head->root != backup.manifest.root)
    return backup_damaged("the events do not give the root that the manifest says");
  return {};
}

}  // namespace gatehouse
