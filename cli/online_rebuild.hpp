// `gatehouse replay rebuild` beside a running server: asks it, and shows how far it is.
#pragma once
#include <string>

#include "cli/replay.hpp"

namespace gatehouse::cli {

// The exit code. Throws std::runtime_error with what the server refuses it for.
[[nodiscard]] int rebuild_online(const ReplayFlags& flags, const std::string& url);

}  // namespace gatehouse::cli
