#include "cli/backup_verify.hpp"

#include "api/json/text_writer.hpp"
#include "backup/prove_backup.hpp"
#include "backup/restore_point.hpp"
#include "cli/backup_exit.hpp"
#include "cli/end_on_signal.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::cli {

namespace {

void print(const Backup& backup, bool files_only) {
  const auto& manifest = backup.manifest;
  std::cout << "backup " << backup.id << ", made at " << api::time_text(manifest.made_at) << ": " << manifest.files
            << " files, " << manifest.bytes << " bytes, as they were written";
  if (!files_only)
    std::cout << "; " << manifest.head.position.value << " events, every frame, version and hash in order, root "
              << tlog::to_base64(manifest.root);
  std::cout << "\n";
}

BackupResult<void> verify(const BackupFolder& folder, const Backup& backup, const VerifyBackupFlags& flags) {
  if (auto files = prove_files(folder, backup, {}); !files)
    return files;
  if (!flags.key.empty()) {
    const auto key = tlog::VerifierKey::parse(flags.key);
    if (!key)
      throw std::runtime_error("--key must be a log's verifier key, <name>+<hash>+<base64>");
    if (is_signed_by(*backup.note, *key) != true)
      return backup_damaged("the manifest is not signed by that key");
  }
  if (!flags.files_only) {
    if (auto content = prove_content(folder, backup, ScratchSpace{.parent = flags.scratch}, {}); !content)
      return content;
  }
  print(backup, flags.files_only);
  return {};
}

BackupResult<void> verify_chosen(const VerifyBackupFlags& flags) {
  const EndOnSignal end_on_signal;
  const auto folder =
      BackupFolder::open(flags.folder, BackupFolder::Access::read, BackupFolder::up_to(for_backup_folder));
  if (!folder)
    return tl::unexpected(folder.error());
  auto backups = folder->backups();
  if (!backups)
    return tl::unexpected(backups.error());
  if (backups->empty())
    return backup_failed("there is no backup in " + flags.folder);
  BackupResult<void> outcome;
  bool found = false;
  for (const auto& backup : *backups) {
    const bool chosen = flags.all || (flags.backup == 0 ? backup.id == backups->back().id : backup.id == flags.backup);
    if (!chosen)
      continue;
    found = true;
    if (auto verified = verify(*folder, backup, flags); !verified) {
      std::cerr << "gatehouse: backup " << backup.id << ": " << verified.error().detail << "\n";
      outcome = tl::unexpected(BackupError{verified.error().is_damage, "not every backup holds"});
    }
  }
  if (!found)
    return backup_failed("there is no backup " + std::to_string(flags.backup));
  return outcome;
}

}  // namespace

int run_verify_backup(const VerifyBackupFlags& flags) {
  return exit_code_of([&] { return verify_chosen(flags); });
}

}  // namespace gatehouse::cli
