// Keeps so many commands in flight through a service in this process; each answer sends the next one. Windows of two kinds in turn, so that whatever else
// moves on this machine moves both: the medians are compared.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <vector>

#include "commands/command_service.hpp"

namespace gatehouse::bench {

inline constexpr std::size_t commands_in_flight = 64;
inline constexpr std::size_t compared_windows = 8;  // of each kind

class CommandStream {
 public:
  // Never refused; `number` is new each time. On any thread.
  using Make = std::function<Submission(std::uint64_t number)>;

  // `commands` has been started and outlives the stream.
  CommandStream(CommandService& commands, Make make) : commands_(commands), make_(std::move(make)) {}

  // Commands a second. Nothing is in flight before and after it.
  double run(std::chrono::milliseconds duration);

 private:
  void send();

  CommandService& commands_;
  Make make_;
  std::atomic<std::uint64_t> next_{}, done_{};
  std::atomic<bool> stopping_{};
  std::mutex mutex_;
  std::condition_variable drained_;
  std::size_t open_{};
};

struct WindowSettings {
  std::chrono::milliseconds window{};
  std::filesystem::path folder = std::filesystem::temp_directory_path();
};
// [--seconds N] [--folder DIR]; the seconds, 30 unless sent, are for `windows` windows. Throws std::runtime_error.
[[nodiscard]] WindowSettings read_window_arguments(std::size_t windows, int count, char** arguments);

}  // namespace gatehouse::bench
