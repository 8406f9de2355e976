#include "backup/durable.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

tl::unexpected<BackupError> failed(const fs::path& path, const std::error_code& error) {
  return backup_failed(path.string() + ": " + error.message());
}

std::error_code last_error() { return {errno, std::generic_category()}; }

BackupResult<void> sync_one(const fs::path& path, int flags) {
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (number < 0)
    return failed(path, last_error());
  const bool synced = ::fsync(number) == 0;
  const auto error = last_error();
  ::close(number);
  if (!synced)
    return failed(path, error);
  return {};
}

BackupResult<void> sync_folder(const fs::path& path) { return sync_one(path, O_DIRECTORY); }

}  // namespace

BackupResult<void> write_durably(const fs::path& file, std::string_view bytes) {
  auto fresh = file;
  fresh += ".new";
  {
    std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
    stream << bytes;
    if (!stream.flush())
      return backup_failed(fresh.string() + " cannot be written");
  }
  if (auto synced = sync_one(fresh, 0); !synced)
    return synced;
  std::error_code error;
  fs::rename(fresh, file, error);
  return error ? failed(file, error) : sync_folder(file.parent_path());
}

BackupResult<std::string> read_whole(const fs::path& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream)
    return backup_failed(file.string() + " cannot be read" + (errno == 0 ? "" : ": " + last_error().message()));
  return bytes;
}

BackupResult<void> sync_tree(const fs::path& folder) {
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const bool is_folder = entry->is_directory(error);
    if (auto synced = is_folder ? sync_folder(entry->path()) : sync_one(entry->path(), 0); !synced)
      return synced;
  }
  return error ? failed(folder, error) : sync_folder(folder);
}

fs::path former_of(const fs::path& place) {
  auto former = place;
  former += ".former";
  return former;
}

BackupResult<void> settle(const fs::path& place) {
  std::error_code error;
  const auto former = former_of(place);
  if (!fs::exists(former, error))
    return error ? failed(former, error) : BackupResult<void>();
  if (fs::exists(place, error))
    fs::remove_all(former, error);
  else if (!error)
    fs::rename(former, place, error);
  return error ? failed(place, error) : sync_folder(place.parent_path());
}

BackupResult<void> put_in_place(const fs::path& from, const fs::path& to, bool replace) {
  std::error_code error;
  if (replace && fs::exists(to, error)) {
    // At every moment one of the two is there, whole.
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) != 0) {
      if (errno != EINVAL && errno != ENOSYS)
        return failed(to, last_error());
      fs::rename(to, former_of(to), error);  // a file system that cannot exchange
      if (!error)
        fs::rename(from, to, error);
      if (!error)
        fs::remove_all(former_of(to), error);
    } else {
      fs::remove_all(from, error);
    }
  } else {
    fs::rename(from, to, error);
  }
  return error ? failed(to, error) : sync_folder(to.parent_path());
}

}  // namespace gatehouse
