#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "store/disk.hpp"

namespace gatehouse {

namespace {

std::error_code last_error() { return {errno, std::generic_category()}; }

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0)
      ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }

 private:
  int value_;
};

class PosixFile final : public DiskFile {
 public:
  PosixFile(const std::filesystem::path& path, int flags) : descriptor_(path, flags) {}
  [[nodiscard]] bool is_open() const { return descriptor_.is_open(); }

  [[nodiscard]] tl::expected<std::string, std::error_code> read_at(std::uint64_t offset,
                                                                   std::size_t bytes) const override {
    std::string read(bytes, '\0');
    std::size_t done = 0;
    while (done < bytes) {
      const auto count =
          ::pread(descriptor_.get(), read.data() + done, bytes - done, static_cast<off_t>(offset + done));
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return tl::unexpected(last_error());
      if (count == 0)
        break;
      done += static_cast<std::size_t>(count);
    }
    read.resize(done);
    return read;
  }

  [[nodiscard]] std::error_code write_at(std::uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto count = ::pwrite(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return last_error();
      bytes.remove_prefix(static_cast<std::size_t>(count));
      offset += static_cast<std::uint64_t>(count);
    }
    return {};
  }

  [[nodiscard]] std::error_code sync() override {
    return ::fdatasync(descriptor_.get()) == 0 ? std::error_code() : last_error();
  }

 private:
  Descriptor descriptor_;
};

std::error_code sync_directory(const std::filesystem::path& directory) {
  const Descriptor descriptor(directory, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open() || ::fsync(descriptor.get()) != 0)
    return last_error();
  return {};
}

class PosixDisk final : public Disk {
 public:
  [[nodiscard]] tl::expected<std::unique_ptr<DiskFile>, std::error_code> open(const std::filesystem::path& path,
                                                                              OpenMode mode) override {
    const int flags = mode == OpenMode::read ? O_RDONLY : mode == OpenMode::write ? O_RDWR : O_RDWR | O_CREAT | O_TRUNC;
    auto file = std::make_unique<PosixFile>(path, flags);
    if (!file->is_open())
      return tl::unexpected(last_error());
    return file;
  }

  [[nodiscard]] std::error_code rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0)
      return last_error();
    return sync_directory(to.parent_path());
  }

  [[nodiscard]] std::error_code reserve(const std::filesystem::path& path, std::uint64_t bytes) override {
    const Descriptor descriptor(path, O_RDWR | O_CREAT | O_TRUNC);
    if (!descriptor.is_open())
      return last_error();
    // Nothing is room enough for nothing, but posix_fallocate() calls it an invalid argument.
    const int error = bytes == 0 ? 0 : ::posix_fallocate(descriptor.get(), 0, static_cast<off_t>(bytes));
    if (error != 0)
      ::unlink(path.c_str());
    return {error, std::generic_category()};
  }

  [[nodiscard]] std::error_code remove(const std::filesystem::path& path) override {
    return ::unlink(path.c_str()) == 0 || errno == ENOENT ? std::error_code() : last_error();
  }

  [[nodiscard]] tl::expected<std::uint64_t, std::error_code>
  free_bytes(const std::filesystem::path& directory) override {
    struct statvfs space{};
    if (::statvfs(directory.c_str(), &space) != 0)
      return tl::unexpected(last_error());
    return std::uint64_t{space.f_bavail} * space.f_frsize;
  }
};

}  // namespace

std::shared_ptr<Disk> posix_disk() {
  static const auto disk = std::make_shared<PosixDisk>();
  return disk;
}

}  // namespace gatehouse
