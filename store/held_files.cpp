#include "store/held_files.hpp"

#include <sys/stat.h>

#include <cerrno>

namespace gatehouse {

HeldFiles::HeldFiles(const std::vector<std::filesystem::path>& files) {
  for (const auto& path : files) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0)
      files_.push_back({path, found.st_dev, found.st_ino});
  }
}

// A disk that cannot be asked is no reason to stop, as in DiskReserve: a real failure still ends in an error.
std::optional<std::filesystem::path> HeldFiles::displaced() const {
  for (const auto& held : files_) {
    struct stat found {};
    const bool is_there = ::stat(held.path.c_str(), &found) == 0;
    const bool is_gone = !is_there && (errno == ENOENT || errno == ENOTDIR);
    if (is_gone || (is_there && (found.st_dev != held.device || found.st_ino != held.number)))
      return held.path;
  }
  return std::nullopt;
}

}  // namespace gatehouse
