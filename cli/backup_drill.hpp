// `gatehouse drill`: restores the newest backup into a folder that goes away again, so that somebody knows whether it can be done, how long it takes and what would be lost.
#pragma once
#include <string>

#include "cli/log_place.hpp"

namespace gatehouse::cli {

struct DrillFlags {
  LogPlace place;       // of the live log, which may be out of reach
  std::string from;     // folder of the backups; empty: the configured one
  std::string keys;     // of the keys' backup; likewise, and empty: they are not tried
  std::string scratch;  // folder with room for the data; the system's for temporary files when empty
};

// Exit codes of cli/backup_exit.hpp.
int run_drill(const DrillFlags& flags);

}  // namespace gatehouse::cli
