#include "cli/unfinished_import.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace gatehouse::cli {

namespace {

std::filesystem::path mark_of(const std::filesystem::path& data) { return data / "import-unfinished"; }

// Of a file, made where it is missing, or of a folder.
bool make_durable(const std::filesystem::path& path, int how) {
  const int number = ::open(path.c_str(), how | O_CLOEXEC, 0644);
  const bool durable = number >= 0 && ::fsync(number) == 0;
  if (number >= 0)
    ::close(number);
  return durable;
}

}  // namespace

void begin_import(const std::filesystem::path& data) {
  if (!make_durable(mark_of(data), O_WRONLY | O_CREAT) || !make_durable(data, O_RDONLY | O_DIRECTORY))
    throw std::runtime_error(mark_of(data).string() + " cannot be written");
}

void end_import(const std::filesystem::path& data) {
  std::error_code error;
  if (!std::filesystem::remove(mark_of(data), error))
    throw std::runtime_error(mark_of(data).string() + " cannot be removed");
  if (!make_durable(data, O_RDONLY | O_DIRECTORY))
    throw std::runtime_error("the removal of " + mark_of(data).string() + " cannot be made durable");
}

bool is_import_unfinished(const std::filesystem::path& data) {
  std::error_code error;
  if (std::filesystem::exists(mark_of(data), error))
    return true;
  if (!error || error == std::errc::not_a_directory)
    return false;
  throw std::runtime_error(data.string() + " cannot be looked into: " + error.message() +
                           (error == std::errc::permission_denied
                                ? "; run this as root, or as the user whose folder it is"
                                : "; look at the disk (dmesg), or name another folder"));
}

void refuse_unfinished_import(const std::filesystem::path& data) {
  if (is_import_unfinished(data))
    throw std::runtime_error(
        data.string() + ": an import into this folder was stopped before its end; empty the folder and import again");
}

}  // namespace gatehouse::cli
