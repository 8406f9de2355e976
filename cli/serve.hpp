// `gatehouse serve`: puts the parts together, serves until SIGTERM or SIGINT, then answers what it has accepted and closes the log.
// SIGHUP reads the issuers' keys again while requests go on; when a file is bad, the keys in use stay.
#pragma once
#include "cli/configuration.hpp"

namespace gatehouse::cli {

// The process's exit code: 0 after a signal, 1 when the server could not start, 2 when the data cannot be trusted or is in use.
int run_serve(Configuration configuration);

}  // namespace gatehouse::cli
