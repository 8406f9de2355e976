#include "store/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace gatehouse {

namespace {

OpenError io_error() { return {OpenErrorKind::io, {}, "lock file: " + std::generic_category().message(errno)}; }

std::string owner_of(int descriptor) {
  std::array<char, 32> text{};
  const auto size = ::pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? " by process " + std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

}  // namespace

tl::expected<DataLock, OpenError> DataLock::take(const std::filesystem::path& data_dir, bool shared) {
  const auto path = data_dir / "lock";
  const int descriptor = ::open(path.c_str(), (shared ? O_RDONLY : O_RDWR) | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return tl::unexpected(io_error());
  DataLock lock(descriptor);
  if (::flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return tl::unexpected(io_error());
    return tl::unexpected(OpenError{OpenErrorKind::locked, {}, "locked" + owner_of(descriptor) + "; stop it first"});
  }
  if (!shared) {
    // Only for people who wonder who holds it, and no reason to fail on a full disk; the lock itself is the kernel's.
    lock.is_owner_ = true;
    const auto process = std::to_string(::getpid());
    if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
      const auto ignored = ::pwrite(descriptor, process.data(), process.size(), 0);
  }
  return lock;
}

DataLock& DataLock::operator=(DataLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(is_owner_, other.is_owner_);
  return *this;
}

DataLock::~DataLock() {
  if (descriptor_ < 0)
    return;
  if (is_owner_) [[maybe_unused]]
    const int ignored = ::ftruncate(descriptor_, 0);
  ::close(descriptor_);
}

}  // namespace gatehouse
