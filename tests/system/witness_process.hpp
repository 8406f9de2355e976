// A real `gatehouse witness` on a port that the system chose. One thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/system/program.hpp"

namespace gatehouse::system_test {

class WitnessProcess {
 public:
  // Makes its key. `log`: the verifier key of the log that it witnesses.
  WitnessProcess(std::filesystem::path data, std::string name, std::string log);
  ~WitnessProcess();  // stop()
  WitnessProcess(const WitnessProcess&) = delete;
  WitnessProcess& operator=(const WitnessProcess&) = delete;

  // On the port that it had before, if it had one. Throws std::runtime_error when it does not listen.
  void start();
  void stop();

  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] pid_t process() const { return pid_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string output() const { return read_text(output_file()); }

 private:
  [[nodiscard]] std::filesystem::path output_file() const { return scratch_.path() / "output"; }

  std::filesystem::path data_;
  std::string name_, log_, key_;
  ScratchFolder scratch_;
  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace gatehouse::system_test
