// `gatehouse witness`: a witness for any log (C2SP tlog-witness), with its key and what it remembers in a folder. Serves until SIGTERM.
#pragma once
#include <string>
#include <vector>

#include "cli/configuration.hpp"

namespace gatehouse::cli {

struct WitnessFlags {
  std::string data = "./witness";
  std::string listen = "127.0.0.1:8090";
  std::string name = "gatehouse-witness";  // of its key
  std::vector<std::string> logs;           // their verifier keys
  bool print_key = false;                  // and nothing else
};

// Throws std::exception with what is wrong. The process's exit code.
int run_witness(const WitnessFlags& flags);

}  // namespace gatehouse::cli
