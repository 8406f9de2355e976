// `gatehouse replay`: tools on a stopped server's data. events prints the history as JSON lines, verify checks every frame and every row against
// the log, rebuild makes projections anew (a server that runs is asked to), projections says what there is. Exit codes: 0 all well, 1 usage or I/O, 2 the data is in use or
// cannot be trusted, 3 verify found a difference.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace gatehouse::cli {

struct ReplayFlags {
  std::string data = "./data";
  std::optional<std::string> account;
  std::uint64_t after = 0;  // position
  std::optional<std::uint64_t> limit;
  std::optional<std::string> type;
  std::optional<std::string> app;
  std::optional<std::string> user;
  std::optional<std::string> actor;
  std::optional<std::string> from;  // RFC 3339
  std::optional<std::string> to;
  std::string projection;
  bool all = false;
  std::string scratch = std::filesystem::temp_directory_path().string();  // where folded rows go that are only compared
};

int run_replay_events(const ReplayFlags& flags);
int run_replay_verify(const ReplayFlags& flags);
int run_replay_rebuild(const ReplayFlags& flags);
int run_replay_projections(const ReplayFlags& flags);

}  // namespace gatehouse::cli
