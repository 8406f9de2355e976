// `gatehouse export`: the history with its signed manifest (docs/transparency.md), from a stopped server's data or, while the server runs, from it.
#pragma once
#include <cstdint>
#include <string>

#include "cli/log_place.hpp"

namespace gatehouse::cli {

struct ExportFlags {
  LogPlace place;
  std::string account;  // empty: all
  std::uint64_t after = 0;
  std::string form = "ndjson";
  std::string output;  // a file; empty: standard output
};

// Throws std::runtime_error with what is wrong. The process's exit code.
int run_export(const ExportFlags& flags);

}  // namespace gatehouse::cli
