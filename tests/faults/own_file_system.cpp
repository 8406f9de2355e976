#include "tests/faults/own_file_system.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace gatehouse::faults {

namespace {

bool enter_own_namespace() {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

}  // namespace

bool may_mount() {
  const auto child = ::fork();
  if (child == 0)
    ::_exit(enter_own_namespace() && ::mount("tmpfs", "/tmp", "tmpfs", 0, nullptr) == 0 ? 0 : 1);
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

OwnFileSystem::OwnFileSystem(std::uint64_t bytes) {
  static const bool is_own = enter_own_namespace();
  std::filesystem::create_directory(path_);
  const auto size = "size=" + std::to_string(bytes);
  if (!is_own || ::mount("tmpfs", path_.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, size.c_str()) != 0)
    throw std::runtime_error("cannot mount a file system of its own");
}

OwnFileSystem::~OwnFileSystem() { ::umount2(path_.c_str(), MNT_DETACH); }

std::uint64_t OwnFileSystem::free_bytes() const {
  struct statvfs space {};
  ::statvfs(path_.c_str(), &space);
  return std::uint64_t{space.f_bavail} * space.f_frsize;
}

// What others write meanwhile makes it try again.
void OwnFileSystem::fill(std::uint64_t left_bytes) const {
  const int file = ::open((path_ / "somebody-elses").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  off_t at = ::lseek(file, 0, SEEK_END);
  while (free_bytes() > left_bytes) {
    const auto bytes = static_cast<off_t>(free_bytes() - left_bytes);
    if (::posix_fallocate(file, at, bytes) == 0)
      at += bytes;
  }
  ::close(file);
}

void OwnFileSystem::make_room() const { std::filesystem::remove(path_ / "somebody-elses"); }

}  // namespace gatehouse::faults
