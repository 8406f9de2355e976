#include "witness/checkpoint_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "identity/base64url.hpp"
#include "identity/digest.hpp"

namespace gatehouse::witness {

namespace {

constexpr unsigned file_mode = 0600;

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : path_(path), number_(::open(path.c_str(), flags | O_CLOEXEC, file_mode)) {
    if (number_ < 0)
      fail();
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(number_); }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(number_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR)
        fail();
      bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (::fsync(number_) != 0)
      fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw std::runtime_error(path_.string() + ": " + std::generic_category().message(errno));
  }
  const std::filesystem::path& path_;
  int number_;
};

}  // namespace

CheckpointFiles::CheckpointFiles(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

std::filesystem::path CheckpointFiles::file_of(std::string_view origin) const {
  return folder_ / identity::base64url_encode(identity::sha256(origin));
}

std::optional<std::string> CheckpointFiles::load(std::string_view origin) {
  const auto file = file_of(origin);
  if (!std::filesystem::exists(file))
    return std::nullopt;
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  if (text.str().empty())
    throw std::runtime_error(file.string() + " cannot be read");
  return text.str();
}

void CheckpointFiles::save(std::string_view origin, std::string_view checkpoint) {
  const auto file = file_of(origin);
  auto fresh = file;
  fresh += ".new";
  {
    const Descriptor descriptor(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    descriptor.write(checkpoint);
    descriptor.sync();
  }
  std::filesystem::rename(fresh, file);
  Descriptor(folder_, O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace gatehouse::witness
