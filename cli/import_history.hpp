// `gatehouse import`: puts a whole export (JSON lines, docs/transparency.md) into an empty data folder. The instance then has the same events in the same
// places, and a tree with the same root; state and read models are made from them.
#pragma once
#include <string>

namespace gatehouse::cli {

struct ImportFlags {
  std::string file;  // - is standard input
  std::string data = "./data";
  std::string subject_keys;  // the store of the subjects' keys to copy; empty: sealed texts stay locked
  std::string key;  // verifier key of the log that the export comes from; empty: its signature is not looked at
};

// Throws std::runtime_error with what is wrong. The process's exit code.
int run_import(const ImportFlags& flags);

}  // namespace gatehouse::cli
