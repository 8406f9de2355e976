#include "cli/refused_log.hpp"

#include <atomic>
#include <cstdlib>
#include <iostream>

#include "backup/open_files.hpp"
#include "cli/subject_keys_place.hpp"
#include "sealing/subject_keys.hpp"
#include "store/store_health.hpp"
#include "table/assert.hpp"

namespace gatehouse::cli {

namespace {

constexpr int exit_data_refused = 2;

std::atomic<bool> serving{};

}  // namespace

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

std::string advice_for(const OpenError& error, const std::string& data) {
  if (tells_of_open_files(error.detail))
    return std::string(raise_open_files);
  if (error.kind == OpenErrorKind::io && error.detail.find("Permission denied") != std::string::npos)
    return "something in " + data +
           " is not this user's, which happens when a command was run as root: give it back (chown -R)";
  return advice_for(error.kind, data);
}

std::string refusal_of(const OpenError& error) {
  return reason_of(error) + (tells_of_open_files(error.detail) ? "; " + std::string(raise_open_files) : "");
}

// Its name is `p.` name `.` version `.` number; that of the tree is made with the log and cannot be rebuilt.
std::string read_model_of(const std::string& table) {
  if (!table.starts_with("p.") || table.starts_with("p.transparency."))
    return {};
  return table.substr(2, table.find('.', 2) - 2);
}

std::string advice_for_unreadable(const std::string& table, const std::string& data) {
  if (table == keys_table)
    return keys_advice(data);
  const auto read_model = read_model_of(table);
  return read_model.empty() ? advice_for(OpenErrorKind::corrupt, data)
                            : "on the stopped server, make the read model anew from the log: gatehouse replay --data " +
                                  data + " rebuild " + read_model;
}

void tell_what_is_unreadable(const std::string& data) {
  when_unreadable([data](std::string_view table, std::string_view detail) {
    std::cerr << "gatehouse: cannot read " << table << ": " << detail
              << "\ngatehouse: " << advice_for_unreadable(std::string(table), data) << std::endl;
    if (!serving)
      std::_Exit(exit_data_refused);
  });
}

void serving_began() { serving = true; }

std::string tell_refused_log(const std::string& data, const OpenError& error) {
  return "gatehouse: " + data + ": " + reason_of(error) + "\ngatehouse: nothing that was recorded has been changed; " +
         advice_for(error, data) + "\n";
}

}  // namespace gatehouse::cli
