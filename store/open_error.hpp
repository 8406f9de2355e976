// Why a stored log cannot be served, and from which position on it cannot be trusted. Also what a full verification finds.
#pragma once
#include <string>
#include <string_view>

#include "events/envelope.hpp"

namespace gatehouse {

enum class OpenErrorKind {
  locked,              // another process has the data open
  not_found,           // nothing is stored there
  io,                  // the disk refused
  unsupported_format,  // written by a newer program
  corrupt,             // RocksDB cannot read its own files
  log_behind_witness,  // acknowledged events or commands are missing at the end
  gap,                 // something is missing in the middle
  bad_frame,           // an event's bytes cannot be read or are not those of its place
  chain_broken,        // an event's bytes are not those that were stored
  witness_missing,     // the log has events, but the witness file is gone
  witness_damaged,     // neither slot of the witness can be read
  index_broken         // the index of a stream does not agree with the log
};
[[nodiscard]] std::string_view to_text(OpenErrorKind kind);

struct OpenError {
  OpenErrorKind kind{};
  Position position;  // the first that is missing or wrong, as far as that is known; 0 when it has no place
  std::string detail;
};
[[nodiscard]] std::string to_text(const OpenError& error);

}  // namespace gatehouse
