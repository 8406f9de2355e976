// What the server does to its log before anything reads it: rows of the state that another version made are made anew.
#pragma once
#include "api/structured_log.hpp"
#include "cli/configuration.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse::cli {

// Throws std::runtime_error with what to do.
void renew_old_state(RocksEventLog& log, const Configuration& configuration, const api::StructuredLog& lines);

}  // namespace gatehouse::cli
