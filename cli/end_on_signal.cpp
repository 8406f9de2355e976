#include "cli/end_on_signal.hpp"

#include <pthread.h>

#include <cstdlib>

#include "store/scratch_folder.hpp"

namespace gatehouse::cli {

namespace {
constexpr int over = SIGUSR2;  // what ends the wait of a tool that is done
constexpr int exit_base = 128;
}  // namespace

EndOnSignal::EndOnSignal() {
  sigemptyset(&signals_);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, over})
    sigaddset(&signals_, number);
  pthread_sigmask(SIG_BLOCK, &signals_, &former_);
  thread_ = std::thread([this] {
    int number = 0;
    if (sigwait(&signals_, &number) != 0 || number == over)
      return;
    remove_scratch_folders();
    std::_Exit(exit_base + number);
  });
}

EndOnSignal::~EndOnSignal() {
  pthread_kill(thread_.native_handle(), over);
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &former_, nullptr);
}

}  // namespace gatehouse::cli
