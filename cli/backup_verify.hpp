// `gatehouse verify-backup`: whether a backup is what its manifest says, without restoring it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace gatehouse::cli {

struct VerifyBackupFlags {
  std::string folder;
  std::uint32_t backup = 0;  // 0: the newest
  bool all = false;
  bool files_only = false;
  std::string key;  // verifier key that must have signed the manifest; empty: any
  std::string scratch =
      std::filesystem::temp_directory_path().string();  // where the tree goes that does not fit in memory
};

// Exit codes of cli/backup_exit.hpp.
int run_verify_backup(const VerifyBackupFlags& flags);

}  // namespace gatehouse::cli
