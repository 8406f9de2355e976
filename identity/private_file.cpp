#include "identity/private_file.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "identity/lost_with.hpp"
#include "identity/secure_random.hpp"

namespace gatehouse::identity {
namespace {

constexpr mode_t directory_mode = 0700;
constexpr mode_t file_mode = 0600;
constexpr mode_t others = 0077;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

tl::unexpected<PrivateFileError> failed(const std::filesystem::path& path, std::string_view action) {
  const auto reason = std::generic_category().message(errno);
  return tl::unexpected{PrivateFileError{path.string() + ": cannot " + std::string{action} + ": " + reason}};
}

tl::unexpected<PrivateFileError> refused(const std::filesystem::path& path, std::string_view why) {
  return tl::unexpected{PrivateFileError{path.string() + ": " + std::string{why}}};
}

bool write_all(int descriptor, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return opened.open() && ::fsync(opened.number()) == 0;
}

// Root may act for the user that the server runs as, for example to mint a token.
bool belongs_to_us(const struct stat& status) { return status.st_uid == ::geteuid() || ::geteuid() == 0; }

// Written beside its final name, which it then gets by a link: a link never replaces a file, and never shows half of
// one.
bool write_complete(const std::filesystem::path& file, const Secret& content) {
  const Descriptor opened{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_mode)};
  return opened.open() && write_all(opened.number(), content.reveal()) && ::fsync(opened.number()) == 0;
}

}  // namespace

tl::expected<void, PrivateFileError> make_private_directory(const std::filesystem::path& directory) {
  const auto parent = directory.has_parent_path() ? directory.parent_path() : std::filesystem::path{"."};
  if (std::error_code error; !std::filesystem::is_directory(parent, error)) {
    std::filesystem::create_directories(parent, error);
  }
  if (::mkdir(directory.c_str(), directory_mode) == 0) {
    if (!sync_directory(parent)) {
      return failed(parent, "sync");
    }
  } else if (errno != EEXIST) {
    return failed(directory, "create");
  }
  struct stat status {};
  if (::lstat(directory.c_str(), &status) != 0) {
    return failed(directory, "look at");
  }
  if (!S_ISDIR(status.st_mode)) {
    return refused(directory, "is not a directory");
  }
  if (!belongs_to_us(status)) {
    return refused(directory, "belongs to another user; keys may only lie in a directory of the server's own");
  }
  if ((status.st_mode & others) != 0) {
    return refused(
        directory,
        "is open to other users; set its mode to 0700, and replace the keys in it if others could read them");
  }
  return {};
}

tl::expected<bool, PrivateFileError> create_private_file(const std::filesystem::path& file, const Secret& content) {
  auto temporary = file;
  temporary += "." + random_id();
  if (!write_complete(temporary, content)) {
    const auto error = failed(temporary, "write");
    ::unlink(temporary.c_str());
    return error;
  }
  const bool linked = ::link(temporary.c_str(), file.c_str()) == 0;
  const int link_error = linked ? 0 : errno;
  ::unlink(temporary.c_str());
  if (!linked && link_error != EEXIST) {
    errno = link_error;
    return failed(file, "create");
  }
  if (!sync_directory(file.parent_path())) {
    return failed(file.parent_path(), "sync");
  }
  return linked;
}

tl::expected<Secret, PrivateFileError> read_private_file(const std::filesystem::path& file) {
  const Descriptor opened{::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
  if (!opened.open()) {
    return errno == ENOENT ? tl::expected<Secret, PrivateFileError>{Secret{}} : failed(file, "open");
  }
  struct stat status {};
  if (::fstat(opened.number(), &status) != 0) {
    return failed(file, "look at");
  }
  if (!S_ISREG(status.st_mode)) {
    return refused(file, "is not a regular file");
  }
  if (!belongs_to_us(status)) {
    return refused(file, "belongs to another user");
  }
  if ((status.st_mode & others) != 0) {
    const auto lost = std::string{lost_with(file)};
    return refused(file, "is open to other users; set its mode to 0600, and replace it only if others could read it" +
                             (lost.empty() ? lost : ": " + lost));
  }
  const auto length = static_cast<std::size_t>(status.st_size);
  if (length == 0 || length > private_file_bytes_max) {
    return refused(file, "is empty or larger than 16 KiB");
  }
  std::vector<std::uint8_t> bytes(length);
  std::size_t filled = 0;
  while (filled < length) {
    const auto count = ::read(opened.number(), bytes.data() + filled, length - filled);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return failed(file, "read");
    }
    filled += static_cast<std::size_t>(count);
  }
  return Secret{std::move(bytes)};
}

}  // namespace gatehouse::identity
