// Loaded by LD_PRELOAD. Fails the calls that the test names, of files below one folder, and shifts the system's clock. Environment: GATEHOUSE_FAULTS is
// the file of the control, GATEHOUSE_FAULTS_BELOW the folder.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "tests/faults/fault_control.hpp"

namespace {

using gatehouse::faults::FaultControl;
using namespace gatehouse::faults;

FaultControl* control = nullptr;
const char* below = nullptr;

// Not by the C library's own function: to look that up calls functions of this file.
template <class Result, class... Arguments>
Result direct(long number, Arguments... arguments) {
  return static_cast<Result>(::syscall(number, arguments...));
}

__attribute__((constructor)) void find_control() {
  const char* file = std::getenv("GATEHOUSE_FAULTS");
  below = std::getenv("GATEHOUSE_FAULTS_BELOW");
  if (file == nullptr || below == nullptr)
    return;
  const int descriptor = direct<int>(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
  if (descriptor < 0)
    return;
  void* mapped = ::mmap(nullptr, sizeof(FaultControl), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  control = mapped == MAP_FAILED ? nullptr : static_cast<FaultControl*>(mapped);
}

bool counts(std::uint32_t call) { return control != nullptr && (control->calls.load() & call) != 0; }

// Whether this one fails; errno is set then.
bool fails_on(const char* name, const char* path) {
  if (std::strncmp(path, below, std::strlen(below)) != 0)
    return false;
  const auto number = ++control->seen;
  const auto at = control->at.load();
  if (at == 0 || number < at || (number > at && control->goes_on.load() == 0))
    return false;
  if (control->failed.fetch_add(1) == 0)
    std::snprintf(control->first_failed.data(), control->first_failed.size(), "%s %s", name, path);
  errno = control->error.load();
  return true;
}

bool fails(std::uint32_t call, const char* name, const char* path) { return counts(call) && fails_on(name, path); }

bool fails(std::uint32_t call, const char* name, int descriptor) {
  if (!counts(call))
    return false;
  char link[64];
  char path[512];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const auto length = ::readlink(link, path, sizeof path - 1);
  if (length <= 0)
    return false;
  path[length] = '\0';
  return fails_on(name, path);
}

int shifted_clock(clockid_t clock, timespec* time) {
  const int result = direct<int>(SYS_clock_gettime, clock, time);
  if (result == 0 && control != nullptr && clock == CLOCK_REALTIME)
    time->tv_sec += control->clock_ahead_s.load();
  return result;
}

}  // namespace

// NOLINTBEGIN: the names and parameters are the C library's.
extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return fails(call_open, "open", path) ? -1 : direct<int>(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return fails(call_open, "open", path) ? -1 : direct<int>(SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t read(int file, void* bytes, size_t size) {
  return fails(call_read, "read", file) ? -1 : direct<ssize_t>(SYS_read, file, bytes, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t offset) {
  return fails(call_read, "pread", file) ? -1 : direct<ssize_t>(SYS_pread64, file, bytes, size, offset);
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t offset) { return pread(file, bytes, size, offset); }

size_t fread_unlocked(void* bytes, size_t size, size_t count, FILE* file) {
  static const auto real =
      reinterpret_cast<size_t (*)(void*, size_t, size_t, FILE*)>(::dlsym(RTLD_NEXT, "fread_unlocked"));
  return fails(call_read, "fread", ::fileno(file)) ? 0 : real(bytes, size, count, file);
}

ssize_t write(int file, const void* bytes, size_t size) {
  return fails(call_write, "write", file) ? -1 : direct<ssize_t>(SYS_write, file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  return fails(call_write, "pwrite", file) ? -1 : direct<ssize_t>(SYS_pwrite64, file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) { return pwrite(file, bytes, size, offset); }

int fsync(int file) { return fails(call_sync, "fsync", file) ? -1 : direct<int>(SYS_fsync, file); }

int fdatasync(int file) { return fails(call_sync, "fdatasync", file) ? -1 : direct<int>(SYS_fdatasync, file); }

int sync_file_range(int file, off64_t offset, off64_t bytes, unsigned flags) {
  return fails(call_sync, "sync_file_range", file) ? -1 : direct<int>(SYS_sync_file_range, file, offset, bytes, flags);
}

int rename(const char* from, const char* to) noexcept {
  return fails(call_name, "rename", from) ? -1 : direct<int>(SYS_rename, from, to);
}

int link(const char* from, const char* to) noexcept {
  return fails(call_name, "link", from) ? -1 : direct<int>(SYS_link, from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  return fails(call_name, "mkdir", path) ? -1 : direct<int>(SYS_mkdir, path, mode);
}

int unlink(const char* path) noexcept {
  return fails(call_unlink, "unlink", path) ? -1 : direct<int>(SYS_unlink, path);
}

int ftruncate(int file, off_t bytes) noexcept {
  return fails(call_resize, "ftruncate", file) ? -1 : direct<int>(SYS_ftruncate, file, bytes);
}

int ftruncate64(int file, off64_t bytes) noexcept { return ftruncate(file, bytes); }

int fallocate(int file, int mode, off_t offset, off_t bytes) {
  return fails(call_resize, "fallocate", file) ? -1 : direct<int>(SYS_fallocate, file, mode, offset, bytes);
}

int fallocate64(int file, int mode, off64_t offset, off64_t bytes) { return fallocate(file, mode, offset, bytes); }

int posix_fallocate(int file, off_t offset, off_t bytes) { return fallocate(file, 0, offset, bytes) == 0 ? 0 : errno; }

int clock_gettime(clockid_t clock, timespec* time) noexcept { return shifted_clock(clock, time); }

int gettimeofday(timeval* time, void*) noexcept {
  timespec now{};
  const int result = shifted_clock(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1'000};
  return result;
}

time_t time(time_t* told) noexcept {
  timespec now{};
  shifted_clock(CLOCK_REALTIME, &now);
  if (told != nullptr)
    *told = now.tv_sec;
  return now.tv_sec;
}

// The kernel's clock is not shifted, so what waits for a moment of the shifted one is moved back to it.
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  static const auto real = reinterpret_cast<int (*)(pthread_cond_t*, pthread_mutex_t*, const timespec*)>(
      ::dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2"));
  timespec moved = *until;
  if (control != nullptr)
    moved.tv_sec -= control->clock_ahead_s.load();
  return real(condition, mutex, &moved);
}

}  // extern "C"
// NOLINTEND
