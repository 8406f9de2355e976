#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "cli/backup_places.hpp"
#include "cli/doctor/checks.hpp"

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

// Root tries it as the user of the server, whose data it is: root may write nearly everywhere.
class AsOwnerOf {
 public:
  explicit AsOwnerOf(const fs::path& data) {
    struct stat status {};
    is_another_ = ::geteuid() == 0 && ::stat(data.c_str(), &status) == 0 && status.st_uid != 0;
    if (is_another_ && (::setegid(status.st_gid) != 0 || ::seteuid(status.st_uid) != 0))
      throw std::system_error(errno, std::generic_category(), "acting as the server's user");
  }
  ~AsOwnerOf() {
    if (is_another_ && (::seteuid(0) != 0 || ::setegid(::getgid()) != 0))
      ::abort();
  }
  AsOwnerOf(const AsOwnerOf&) = delete;
  AsOwnerOf& operator=(const AsOwnerOf&) = delete;

 private:
  bool is_another_ = false;
};

// Why a folder cannot be made in it, or in the nearest above it that is there; empty when it can. The folder that is tried is gone at once.
std::string why_not_written(const fs::path& place) {
  std::error_code error;
  auto nearest = fs::absolute(place).lexically_normal();
  while (!fs::exists(nearest, error) && !error && nearest.has_relative_path())
    nearest = nearest.parent_path();
  if (error)
    return nearest.string() + ": " + error.message();
  auto tried = (nearest / ".gatehouse-doctor-XXXXXX").string();
  if (::mkdtemp(tried.data()) == nullptr)
    return nearest.string() + ": " + std::generic_category().message(errno);
  ::rmdir(tried.c_str());
  return {};
}

}  // namespace

Findings check_backups(const Configuration& configuration) {
  const auto& backup = configuration.backup;
  if (backup.folder.empty())
    return {{"backup", Verdict::warning, "none is configured", "configure [backup], with a folder on another disk"}};
  try {
    refuse_shared_places({.data = configuration.data, .log = backup.folder, .keys = backup.keys_folder});
  } catch (const std::runtime_error& error) {
    return {{"backup", Verdict::wrong, error.what(), "configure other folders: the server does not start with these"}};
  }
  for (const auto& place : {backup.folder, backup.keys_folder}) {
    const AsOwnerOf rights(configuration.data);
    if (const auto trouble = place.empty() ? std::string() : why_not_written(place); !trouble.empty())
      return {{"backup", Verdict::wrong, "nothing can be written to " + place.string() + ": " + trouble,
               "let the server's user write there, also by ReadWritePaths= of the unit, or configure another folder"}};
  }
  if (backup.keys_folder.empty())
    return {{"backup", Verdict::warning, "goes to " + backup.folder.string() + ", without the keys of persons",
             "configure backup.keys_directory: without the keys nobody can read what a backup says of persons"}};
  return {
      {"backup", Verdict::ok, "goes to " + backup.folder.string() + ", the keys to " + backup.keys_folder.string()}};
}

}  // namespace gatehouse::cli
