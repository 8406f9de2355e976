// `gatehouse restore`: makes a data directory of backups, or leaves nothing behind.
#pragma once
#include "cli/restored_data.hpp"

namespace gatehouse::cli {

struct RestoreFlags {
  RestoreOrder order;
  std::string data;
  std::string time;  // RFC 3339; empty: none
};

// Exit codes of cli/backup_exit.hpp.
int run_restore(RestoreFlags flags);

}  // namespace gatehouse::cli
