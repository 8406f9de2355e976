// The options of `gatehouse backup`, `verify-backup`, `restore` and `drill`.
#pragma once
#include <CLI/CLI.hpp>

#include "cli/backup.hpp"
#include "cli/backup_drill.hpp"
#include "cli/backup_restore.hpp"
#include "cli/backup_verify.hpp"

namespace gatehouse::cli {

struct BackupCommands {
  BackupFlags backup;
  VerifyBackupFlags verify;
  RestoreFlags restore;
  DrillFlags drill;
};

// `flags` and `exit_code` outlive `app`.
void add_backup_commands(CLI::App& app, BackupCommands& flags, int& exit_code);

}  // namespace gatehouse::cli
