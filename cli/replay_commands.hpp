// The options of `gatehouse replay` and of its commands.
#pragma once
#include <CLI/CLI.hpp>

#include "cli/replay.hpp"

namespace gatehouse::cli {

// `flags` and `exit_code` outlive `app`.
void add_replay(CLI::App& app, ReplayFlags& flags, int& exit_code);

}  // namespace gatehouse::cli
