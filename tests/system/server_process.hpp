// A real server on a port that the system chose, with its data where the test says: started, killed and stopped by its own
// process id. One thread.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/system/program.hpp"

namespace gatehouse::system_test {

class ServerProcess {
 public:
  // `arguments` of `gatehouse serve` beside data and address.
  explicit ServerProcess(std::filesystem::path data, std::vector<std::string> arguments = {});
  ~ServerProcess();  // kills
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  enum class Until { ready, alive };
  // Returns when /readyz or /livez says so. Throws std::runtime_error with the server's output when that takes over 30 seconds.
  void start(Until until = Until::ready);
  void kill();              // SIGKILL, and waits for the end
  void reload() const;      // SIGHUP
  void begin_stop() const;  // SIGTERM
  int wait_for_end();       // the exit code
  int stop();               // both

  [[nodiscard]] pid_t process() const { return pid_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  [[nodiscard]] std::string output() const { return read_text(output_file()); }

  // By `gatehouse token`; an empty account is none.
  [[nodiscard]] std::string token(std::string_view account, std::string_view user, std::string_view scope = "") const;

 private:
  [[nodiscard]] std::filesystem::path output_file() const { return scratch_.path() / "output"; }
  bool find_port();
  [[nodiscard]] bool is(Until wanted) const;

  std::filesystem::path data_;
  std::vector<std::string> arguments_;
  ScratchFolder scratch_;
  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace gatehouse::system_test
