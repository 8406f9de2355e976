#include "bench/server_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "bench/load_generator.hpp"

namespace gatehouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

std::uint16_t free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  std::memcpy(&generic, &address, sizeof generic);
  socklen_t length = sizeof generic;
  const bool bound = ::bind(descriptor, &generic, length) == 0 && ::getsockname(descriptor, &generic, &length) == 0;
  ::close(descriptor);
  if (!bound)
    throw std::runtime_error("there is no free port");
  std::memcpy(&address, &generic, sizeof address);
  return ntohs(address.sin_port);
}

ServerProcess::ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& data,
                             std::chrono::seconds patience, const std::filesystem::path& configuration)
    : port_(free_port()) {
  const auto started = Clock::now();
  start(binary, data, configuration);
  while (!is_ready()) {
    const bool ended = ::waitpid(process_, nullptr, WNOHANG) == process_;
    if (ended)
      process_ = -1;
    if (ended || Clock::now() - started > patience) {
      stop();
      throw std::runtime_error(ended ? "the server ended before it was ready; see server.log in the data folder"
                                     : "the server was not ready in time");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  time_to_ready_ = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
}

ServerProcess::~ServerProcess() { stop(); }

void ServerProcess::start(const std::filesystem::path& binary, const std::filesystem::path& data,
                          const std::filesystem::path& configuration) {
  const auto listen = "127.0.0.1:" + std::to_string(port_);
  const auto log = (data / "server.log").string();
  process_ = ::fork();
  if (process_ < 0)
    throw std::runtime_error("cannot start a process");
  if (process_ > 0)
    return;
  const int output = ::open(log.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0600);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execl(binary.c_str(), binary.c_str(), "serve", "--data", data.c_str(), "--listen", listen.c_str(),
          configuration.empty() ? nullptr : "--config", configuration.c_str(), nullptr);
  ::_exit(127);
}

bool ServerProcess::is_ready() const {
  try {
    return ask(port_, get_request("/readyz", {})).status == 200;
  } catch (const std::runtime_error&) {
    return false;  // not listening yet
  }
}

std::size_t ServerProcess::resident_bytes() const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:")
      continue;
    std::size_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

void ServerProcess::stop() {
  if (process_ < 0)
    return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace gatehouse::bench
