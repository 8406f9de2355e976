#include "tests/system/witness_process.hpp"

#include <signal.h>

#include <charconv>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace gatehouse::system_test {

WitnessProcess::WitnessProcess(std::filesystem::path data, std::string name, std::string log)
    : data_(std::move(data)), name_(std::move(name)), log_(std::move(log)) {
  key_ = run_gatehouse({"witness", "--data", data_.string(), "--name", name_, "--print-key"}).output;
  key_.pop_back();
}

WitnessProcess::~WitnessProcess() { stop(); }

void WitnessProcess::start() {
  constexpr std::string_view before = "listens on port ";
  const auto listen = "127.0.0.1:" + std::to_string(port_);
  pid_ = start_program(
      {GATEHOUSE_BINARY, "witness", "--data", data_.string(), "--name", name_, "--listen", listen, "--log", log_},
      output_file());
  for (int wait = 0; wait < 4'000; ++wait) {
    const auto text = output();
    const auto at = text.find(before);
    if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
      std::from_chars(text.data() + at + before.size(), text.data() + text.size(), port_);
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("the witness does not listen:\n" + output());
}

void WitnessProcess::stop() {
  if (pid_ == 0)
    return;
  ::kill(pid_, SIGTERM);
  static_cast<void>(wait_for_program(std::exchange(pid_, 0)));
}

}  // namespace gatehouse::system_test
