// The parts of the screen that tell figures. A figure that the server does not measure, an older or a newer one, is shown as "-".
#pragma once
#include <vector>

#include "cli/top/line.hpp"
#include "cli/top/reading.hpp"

namespace gatehouse::cli::top {

// Program, address, uptime.
[[nodiscard]] Line title(const Reading& reading, std::string_view url);
// A line each: requests, commands, commits, the log, what leaves the server, storage, the process.
[[nodiscard]] std::vector<Line> overview(const Reading& reading);
// With headings.
[[nodiscard]] std::vector<Line> projection_table(const Reading& reading);
// Those come first that happen most.
[[nodiscard]] std::vector<Line> command_table(const Reading& reading);

}  // namespace gatehouse::cli::top
