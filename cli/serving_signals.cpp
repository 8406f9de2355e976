#include "cli/serving_signals.hpp"

#include <linux/close_range.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <vector>

#include "cli/read_only_lines.hpp"
#include "cli/service_state.hpp"

namespace gatehouse::cli {

namespace {

constexpr timespec between_looks{.tv_sec = 1, .tv_nsec = 0};
constexpr int exit_stop_took_too_long = 70;  // EX_SOFTWARE of sysexits.h
constexpr int exit_cannot_start_again = 71;  // EX_OSERR

std::vector<std::string> own_arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> arguments;
  for (std::string argument; std::getline(file, argument, '\0');)
    arguments.push_back(argument);
  return arguments;
}

void reload_keys(identity::Verifier& verifier, const api::StructuredLog& lines) {
  if (const auto reloaded = verifier.reload()) {
    lines.write(api::StructuredLog::Level::info, "issuer keys read again");
  } else {
    lines.write(api::StructuredLog::Level::error, "issuer keys not read, those in use stay",
                {{"reason", reloaded.error()}});
  }
}

std::string sender_of(const siginfo_t& signal) {
  return "SIGUSR1 of process " + std::to_string(signal.si_pid) + ", user " + std::to_string(signal.si_uid);
}

}  // namespace

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGUSR1})
    sigaddset(&signals, number);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

Told wait_until_told(const sigset_t& signals, const RocksEventLog& log, identity::Verifier& verifier,
                     const api::StructuredLog& lines, api::LogLevel& log_level) {
  tell_serving();
  ReadOnlyLines read_only(lines);
  for (;;) {
    siginfo_t signal{};
    switch (::sigtimedwait(&signals, &signal, &between_looks)) {
    case SIGTERM:
    case SIGINT:
      tell_stopping();
      return Told::stop;
    case SIGHUP:
      tell_reloading();
      reload_keys(verifier, lines);
      tell_serving();
      break;
    case SIGUSR1:
      log_level.toggle(sender_of(signal));
      break;
    default:  // nothing, or interrupted
      read_only.look(log.read_only_reason());
      if (!log.would_open_again())
        break;
      lines.write(api::StructuredLog::Level::warning, "there is room on the disk again, the server starts itself anew");
      return Told::start_again;
    }
  }
}

void leave_unclosed(Told told, const std::string& address) {
  std::cout.flush();
  std::cerr.flush();
  if (told == Told::stop)
    std::_Exit(0);
  auto arguments = own_arguments();
  std::erase_if(arguments, [](const std::string& argument) { return argument.starts_with("--listen="); });
  const auto listen = std::ranges::find(arguments, "--listen");
  if (listen == arguments.end())
    arguments.insert(arguments.end(), {"--listen", address});
  else if (listen + 1 != arguments.end())
    *(listen + 1) = address;
  std::vector<char*> pointers;
  for (auto& argument : arguments)
    pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execv("/proc/self/exe", pointers.data());
  std::_Exit(exit_cannot_start_again);
}

void StopDeadline::begin() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, stop_time_max, [this] { return is_over_; }))
      return;
    lines_.write(api::StructuredLog::Level::error, "stopping takes too long, the process is ended",
                 {{"seconds", std::uint64_t{stop_time_max.count()}}});
    std::_Exit(exit_stop_took_too_long);
  });
}

StopDeadline::~StopDeadline() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable())
    thread_.join();
}

}  // namespace gatehouse::cli
