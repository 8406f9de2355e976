// For tools that work in scratch folders: while one lives, SIGINT, SIGTERM and SIGHUP remove those and end the process with 128 and the signal's number, as shells tell it.
// Made before other threads begin.
#pragma once
#include <csignal>
#include <thread>

namespace gatehouse::cli {

class EndOnSignal {
 public:
  EndOnSignal();
  EndOnSignal(const EndOnSignal&) = delete;
  EndOnSignal& operator=(const EndOnSignal&) = delete;
  ~EndOnSignal();

 private:
  sigset_t signals_{};
  sigset_t former_{};
  std::thread thread_;
};

}  // namespace gatehouse::cli
