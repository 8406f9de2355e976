#include "cli/top/watch.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <stdexcept>

namespace gatehouse::cli::top {

Watch::Watch(Server server, std::chrono::milliseconds interval)
    : interval_(interval), looker_(std::move(server), stopping_),
      descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0)
    throw std::runtime_error("no event descriptor");
  thread_ = std::thread([this] { run(); });
}

Watch::~Watch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
  ::close(descriptor_);
}

std::optional<Look> Watch::take() {
  const std::lock_guard lock(mutex_);
  eventfd_t ignored{};
  ::eventfd_read(descriptor_, &ignored);
  return std::exchange(latest_, std::nullopt);
}

void Watch::run() {
  auto next = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    auto look = looker_.look();
    lock.lock();
    latest_ = std::move(look);
    ::eventfd_write(descriptor_, 1);
    next = std::max(next + interval_, std::chrono::steady_clock::now());
    stopped_.wait_until(lock, next, [this] { return stopping_.load(); });
  }
}

}  // namespace gatehouse::cli::top
