// Opens a stopped server's log for the tools, and shows how far long work has come.
#pragma once
#include <memory>
#include <string>

#include "replay/work_progress.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse::cli {

inline constexpr int exit_data_refused = 2;

// For reading. Both throw std::runtime_error for what an import that was stopped has left.
[[nodiscard]] tl::expected<std::unique_ptr<RocksEventLog>, OpenError> try_stopped_log(const std::string& data);
// Null, with the reason on stderr, when the data is in use or cannot be trusted.
[[nodiscard]] std::unique_ptr<RocksEventLog> open_stopped_log(const std::string& data, bool read_only);

// A bar that is drawn over on a terminal, a line now and then elsewhere. On stderr.
[[nodiscard]] ProgressSink progress_line(std::string what);
void end_progress_line();

}  // namespace gatehouse::cli
