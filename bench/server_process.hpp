// The server under test as a process of its own, on a free port of the loopback address. Stopped by SIGTERM when this is destroyed.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace gatehouse::bench {

// What serves requests unless it is configured otherwise.
inline constexpr unsigned server_threads = 2;

// Free a moment ago, which is enough for a benchmark.
[[nodiscard]] std::uint16_t free_port();

class ServerProcess {
 public:
  // Returns when /readyz answers 200. Throws std::runtime_error when it does not within `patience`, or the process ends.
  // `configuration` is a file, or empty.
  ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& data, std::chrono::seconds patience,
                const std::filesystem::path& configuration = {});
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::chrono::milliseconds time_to_ready() const { return time_to_ready_; }
  [[nodiscard]] std::size_t resident_bytes() const;

 private:
  void start(const std::filesystem::path& binary, const std::filesystem::path& data,
             const std::filesystem::path& configuration);
  [[nodiscard]] bool is_ready() const;
  void stop();

  std::uint16_t port_;
  pid_t process_ = -1;
  std::chrono::milliseconds time_to_ready_{};
};

}  // namespace gatehouse::bench
