// Where the process may open no more files: what cannot be looked at for that is not damaged. RocksDB says so in words alone, and calls some of it corruption.
#pragma once
#include <string>
#include <string_view>

#include "store/open_error.hpp"

namespace gatehouse {

inline constexpr std::string_view raise_open_files =
    "raise the limit of open files, LimitNOFILE= in the service's unit or ulimit -n in a shell: nothing is known to be "
    "damaged";

// The message of EMFILE, and the beginning of that of ENFILE.
[[nodiscard]] inline bool tells_of_open_files(std::string_view detail) {
  return detail.find("Too many open files") != std::string_view::npos;
}

// Why a log is refused: as the store says it, but nothing is called damaged for want of open files.
[[nodiscard]] inline std::string reason_of(const OpenError& error) {
  return tells_of_open_files(error.detail) ? "cannot be looked at: " + error.detail : to_text(error);
}

}  // namespace gatehouse
