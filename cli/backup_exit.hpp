// How the commands on backups end, for scripts: 0 it holds, 1 what is stored is damaged, 2 it could not be done or looked at.
#pragma once
#include <chrono>
#include <functional>

#include "backup/backup_error.hpp"

namespace gatehouse::cli {

inline constexpr std::chrono::seconds for_backup_folder{60};  // while a server makes a backup there
inline constexpr int exit_damaged = 1;
inline constexpr int exit_not_done = 2;

// Says on standard error what is wrong. Bytes that cannot be read are damage as well, and what was said must have reached standard output.
int exit_code_of(const std::function<BackupResult<void>()>& work);

}  // namespace gatehouse::cli
