// `gatehouse backup`: into the directory that is configured, or named with --to; by the running server, or, when there is none, from the stopped one's data.
#pragma once
#include <cstdint>
#include <string>

#include "cli/log_place.hpp"

namespace gatehouse::cli {

struct BackupFlags {
  LogPlace place;
  std::string to;          // empty: the configured one
  std::string keys_to;     // likewise
  std::uint64_t keep = 0;  // 0: as configured
};

// The process's exit code, see cli/backup_exit.hpp.
int run_backup(const BackupFlags& flags);

}  // namespace gatehouse::cli
