// Looks at a server again and again on a thread of its own, so that whoever shows what it sees never waits for the server.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "cli/top/look.hpp"

namespace gatehouse::cli::top {

class Watch {
 public:
  Watch(Server server, std::chrono::milliseconds interval);
  ~Watch();  // cuts a look that is under way
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Can be read when there is something to take.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  // The latest look, once.
  [[nodiscard]] std::optional<Look> take();

 private:
  void run();

  const std::chrono::milliseconds interval_;
  std::atomic<bool> stopping_ = false;
  Looker looker_;
  int descriptor_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::optional<Look> latest_;
  std::thread thread_;
};

}  // namespace gatehouse::cli::top
