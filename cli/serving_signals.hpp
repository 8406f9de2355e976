// What a serving process waits for: to be told to stop, to read the issuers' keys again (SIGHUP), to turn the log's level to debug and back (SIGUSR1), or that there is room again for a log which met a full
// disk. And how it ends.
#pragma once
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <string>
#include <thread>

#include "api/log_level.hpp"
#include "identity/verifier.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse::cli {

enum class Told { stop, start_again };

// Blocked before any thread starts, also those of the log, so that all of them inherit it and a signal waits for wait_until_told().
[[nodiscard]] sigset_t block_signals();

[[nodiscard]] Told wait_until_told(const sigset_t& signals, const RocksEventLog& log, identity::Verifier& verifier,
                                   const api::StructuredLog& lines, api::LogLevel& log_level);

// Ends or replaces the process, by itself on the address where it listened, without closing a store that failed: RocksDB's assertions do not survive
// that, and everything acknowledged is on disk. Answers are sent, threads have ended.
[[noreturn]] void leave_unclosed(Told told, const std::string& address);

// From the signal until the process is gone. What is under way at a receiver of webhooks or a mail server ends long before.
inline constexpr std::chrono::seconds stop_time_max{60};

// Ends the process at once if it is still there then: a disk that does not answer must not hold up a service manager, and nothing acknowledged can be
// lost by it.
class StopDeadline {
 public:
  explicit StopDeadline(const api::StructuredLog& lines) : lines_(lines) {}
  StopDeadline(const StopDeadline&) = delete;
  StopDeadline& operator=(const StopDeadline&) = delete;
  ~StopDeadline();  // in time

  void begin();

 private:
  const api::StructuredLog& lines_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace gatehouse::cli
