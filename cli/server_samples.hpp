// What the metrics tell of the server that the application knows nothing of: the process, the transport, the store and the disk.
#pragma once
#include "api/metrics.hpp"
#include "cli/configuration.hpp"
#include "http/server.hpp"
#include "store/rocks_event_log.hpp"
#include "store/scrubber.hpp"

namespace gatehouse::cli {

// All outlive the last reading.
void add_server_samples(api::Metrics& metrics, const Configuration& configuration, const http::Server& server,
                        const RocksEventLog& log, const Scrubber& scrubber);

}  // namespace gatehouse::cli
