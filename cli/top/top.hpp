// `gatehouse top`: a running server on one screen, until q or a signal.
#pragma once
#include <string>

namespace gatehouse::cli {

struct TopFlags {
  std::string url;              // empty: where the server on `data` says it is, or else the default address
  std::string data = "./data";  // also of the key for a token, where the server wants one
  double interval_seconds = 1;
  bool once = false;
};

// 0; 1 when the server was asked once and did not answer. Throws std::runtime_error.
int run_top(const TopFlags& flags);

}  // namespace gatehouse::cli
