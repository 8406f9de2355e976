#include "bench/command_stream.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace gatehouse::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

}  // namespace

double CommandStream::run(std::chrono::milliseconds duration) {
  done_ = 0;
  stopping_ = false;
  const auto started = SteadyClock::now();
  for (std::size_t number = 0; number < commands_in_flight; ++number)
    send();
  std::this_thread::sleep_for(duration);
  stopping_ = true;
  const std::chrono::duration<double> elapsed = SteadyClock::now() - started;
  const auto done = done_.load();
  std::unique_lock lock(mutex_);
  drained_.wait(lock, [this] { return open_ == 0; });
  return static_cast<double>(done) / elapsed.count();
}

void CommandStream::send() {
  {
    const std::lock_guard lock(mutex_);
    ++open_;
  }
  commands_.submit(make_(next_++), [this](const Outcome& outcome) {
    if (!std::holds_alternative<Committed>(outcome))
      std::abort();
    ++done_;
    if (!stopping_)
      send();
    const std::lock_guard lock(mutex_);
    if (--open_ == 0)
      drained_.notify_all();
  });
}

WindowSettings read_window_arguments(std::size_t windows, int count, char** arguments) {
  WindowSettings settings;
  unsigned long seconds = 30;
  for (int index = 1; index < count; index += 2) {
    const std::string name = arguments[index];
    if (index + 1 == count || (name != "--seconds" && name != "--folder"))
      throw std::runtime_error("its arguments are [--seconds N] [--folder DIR]");
    if (name == "--seconds")
      seconds = std::stoul(arguments[index + 1]);
    else
      settings.folder = arguments[index + 1];
  }
  settings.window = std::chrono::milliseconds(1'000 * seconds / windows);
  return settings;
}

}  // namespace gatehouse::bench
