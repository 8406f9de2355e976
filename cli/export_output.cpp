#include "cli/export_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

constexpr int links_max = 8;

// Through links, so that the file takes the place of what they name.
fs::path settled_file(fs::path file) {
  std::error_code error;
  for (int links = 0; links < links_max && fs::is_symlink(file, error); ++links)
    file = file.parent_path() / fs::read_symlink(file, error);
  return file;
}

bool can_be_replaced(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  return !fs::exists(status) || fs::is_regular_file(status);
}

// Of a file or a folder. A power cut leaves the export that was there before, or all of this one.
std::error_code sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code error(synced ? 0 : errno, std::generic_category());
  if (descriptor >= 0)
    ::close(descriptor);
  return error;
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

}  // namespace

ExportOutput::ExportOutput(const std::string& file) : file_(settled_file(file)), beside_(file_) {
  if (!file_.empty() && can_be_replaced(file_))
    beside_ += ".exporting-" + std::to_string(::getpid());
}

ExportOutput::~ExportOutput() {
  std::error_code ignored;
  if (stream_.is_open() && beside_ != file_)
    fs::remove(beside_, ignored);
}

void ExportOutput::write(std::string_view bytes) {
  if (!file_.empty() && !stream_.is_open())
    stream_.open(beside_, std::ios::binary | std::ios::trunc);
  out() << bytes;
}

void ExportOutput::finish() {
  write({});
  std::error_code error;
  if (!out().flush())
    throw std::runtime_error("the export could not be written" + (file_.empty() ? "" : " to " + file_.string()));
  if (beside_ != file_) {
    error = sync(beside_);
    if (!error)
      fs::rename(beside_, file_, error);
    if (!error)
      error = sync(folder_of(file_));
  }
  if (error)
    throw std::runtime_error("the export could not be written to " + file_.string() + ": " + error.message());
}

}  // namespace gatehouse::cli
