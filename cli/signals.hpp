// What the server does on signals: SIGTERM and SIGINT end it, SIGHUP has it read the issuers' keys again, SIGUSR1 turns the log's level to debug and back.
#pragma once
#include <signal.h>

#include "api/log_level.hpp"
#include "identity/verifier.hpp"

namespace gatehouse::cli {

// Before any thread starts, also those of the log, so that all of them inherit it and a signal waits for serve_until_told().
[[nodiscard]] sigset_t block_signals();

// Returns when the server is to end.
void serve_until_told(const sigset_t& signals, identity::Verifier& verifier, const api::StructuredLog& lines,
                      api::LogLevel& log_level);

}  // namespace gatehouse::cli
