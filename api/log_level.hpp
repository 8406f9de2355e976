// How much the log says, changed while the server runs, for good or for a while. Each change is a line of the log itself, whatever the level. Any thread.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "api/structured_log.hpp"
#include "events/envelope.hpp"

namespace gatehouse::api {

// The longest while.
inline constexpr std::chrono::hours log_level_while_max{24};

class LogLevel {
 public:
  using Level = StructuredLog::Level;

  struct State {
    Level level{};
    Level configured{};
    Level later{};                   // when the while is over; otherwise as `level`
    std::optional<Timestamp> until;  // when that is
  };

  // Sets the level that was configured. `log` outlives this.
  LogLevel(const StructuredLog& log, Level configured);
  ~LogLevel();
  LogLevel(const LogLevel&) = delete;
  LogLevel& operator=(const LogLevel&) = delete;

  // `who` asked, for the log. After a while the level returns that was in force, or that an earlier while would have ended with.
  State set(Level level, std::optional<std::chrono::milliseconds> a_while, std::string_view who);
  // From whatever it is to debug, from there to what was configured.
  void toggle(std::string_view who);

  [[nodiscard]] State state() const;

 private:
  State change(Level level, std::optional<std::chrono::milliseconds> a_while, std::string_view who);
  [[nodiscard]] State state_now() const;
  void run();

  const StructuredLog& log_;
  const Level configured_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Level level_;
  Level later_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  Timestamp until_{};
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gatehouse::api
