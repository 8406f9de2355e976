#include "cli/signals.hpp"

#include <string>

#include "cli/service_state.hpp"

namespace gatehouse::cli {

namespace {

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

void serve_until_told(const sigset_t& signals, identity::Verifier& verifier, const api::StructuredLog& lines,
                      api::LogLevel& log_level) {
  tell_serving();
  for (;;) {
    siginfo_t signal{};
    switch (::sigwaitinfo(&signals, &signal)) {
    case SIGTERM:
    case SIGINT:
      return tell_stopping();
    case SIGHUP:
      tell_reloading();
      reload_keys(verifier, lines);
      tell_serving();
      break;
    case SIGUSR1:
      log_level.toggle(sender_of(signal));
      break;
    default:  // interrupted
      break;
    }
  }
}

}  // namespace gatehouse::cli
