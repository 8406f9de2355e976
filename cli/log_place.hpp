// Where the tools find a log and by which name it signs: by their options, else by the server's configuration file, else by default.
#pragma once
#include <string>

#include "tlog/note.hpp"

namespace gatehouse::cli {

struct LogPlace {
  std::string config;         // a file, or empty
  std::string data;           // empty: the configured one, or ./data
  std::string origin;         // empty: the configured one, or what follows from the key
  bool create = false;        // the log's key, where there is none yet
  bool is_witnessed = false;  // the configuration names witnesses
};

// The place with what the configuration and the defaults add. Throws std::runtime_error with what is wrong, here as below.
[[nodiscard]] LogPlace settled(LogPlace place);
// By the key that the server made at its first start; none is made here unless the place says so. Of a settled place, whose log was not published under
// another name.
[[nodiscard]] tlog::NoteSigner signer_of(const LogPlace& place);

}  // namespace gatehouse::cli
