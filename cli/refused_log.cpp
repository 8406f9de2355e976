#include "cli/refused_log.hpp"

#include "table/assert.hpp"

namespace gatehouse::cli {

namespace {

std::string advice_for(OpenErrorKind kind, const std::string& data) {
  switch (kind) {
  case OpenErrorKind::locked:
    return "stop the process that has it, then start again";
  case OpenErrorKind::not_found:
    return "name the folder by --data, or in the configuration";
  case OpenErrorKind::io:
    return "look at the disk (df " + data + "; dmesg), then start again: nothing of the log is known to be damaged";
  case OpenErrorKind::unsupported_format:
    return "start the newer program again, or restore a backup of before it: gatehouse restore --help";
  case OpenErrorKind::witness_missing:
  case OpenErrorKind::witness_damaged:
    return "put the file " + data +
           "/witness back if you have moved it; otherwise restore the newest backup: "
           "gatehouse restore --from BACKUPS --keys KEYS --data NEW";
  case OpenErrorKind::corrupt:
  case OpenErrorKind::log_behind_witness:
  case OpenErrorKind::gap:
  case OpenErrorKind::bad_frame:
  case OpenErrorKind::chain_broken:
  case OpenErrorKind::index_broken:
    return "keep a copy of " + data +
           " as it is, and restore the newest backup: "
           "gatehouse restore --from BACKUPS --keys KEYS --data NEW";
  }
  GATEHOUSE_ASSERT(false);
}

}  // namespace

std::string tell_refused_log(const std::string& data, const OpenError& error) {
  return "gatehouse: " + data + ": " + to_text(error) + "\ngatehouse: nothing was changed; " +
         advice_for(error.kind, data) + "\n";
}

}  // namespace gatehouse::cli
