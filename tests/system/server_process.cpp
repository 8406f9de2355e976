#include "tests/system/server_process.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <charconv>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "tests/http/raw_client.hpp"

namespace gatehouse::system_test {

ServerProcess::ServerProcess(std::filesystem::path data, std::vector<std::string> arguments)
    : data_(std::move(data)), arguments_(std::move(arguments)) {}

ServerProcess::~ServerProcess() { kill(); }

void ServerProcess::start(Until until) {
  constexpr std::chrono::seconds patience{30};
  constexpr std::chrono::milliseconds pause{5};
  port_ = 0;
  std::vector<std::string> command{GATEHOUSE_BINARY, "serve", "--data", data_.string(), "--listen", "127.0.0.1:0"};
  command.insert(command.end(), arguments_.begin(), arguments_.end());
  pid_ = start_program(command, output_file());
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    if ((port_ != 0 || find_port()) && is(until))
      return;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = 0;
      throw std::runtime_error("the server ended while it started:\n" + output());
    }
    std::this_thread::sleep_for(pause);
  }
  throw std::runtime_error("the server is not ready:\n" + output());
}

bool ServerProcess::find_port() {
  constexpr std::string_view before = "http://127.0.0.1:";
  const auto text = output();
  const auto at = text.find(before);
  if (at == std::string::npos)
    return false;
  const auto* begin = text.data() + at + before.size();
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), port_);
  // Without a character behind it the number may still be on its way.
  return error == std::errc() && end != text.data() + text.size();
}

bool ServerProcess::is(Until wanted) const {
  return http::RawClient(port_).get(wanted == Until::ready ? "/readyz" : "/livez").status == 200;
}

void ServerProcess::kill() {
  if (pid_ == 0)
    return;
  ::kill(pid_, SIGKILL);
  static_cast<void>(wait_for_end());
}

void ServerProcess::reload() const { ::kill(pid_, SIGHUP); }

void ServerProcess::begin_stop() const { ::kill(pid_, SIGTERM); }

int ServerProcess::wait_for_end() { return wait_for_program(std::exchange(pid_, 0)); }

int ServerProcess::stop() {
  begin_stop();
  return wait_for_end();
}

std::string ServerProcess::token(std::string_view account, std::string_view user, std::string_view scope) const {
  std::vector<std::string> arguments{"token", "--data", data_.string(), "--user", std::string(user), "--ttl", "1d"};
  if (!account.empty())
    arguments.insert(arguments.end(), {"--account", std::string(account)});
  if (!scope.empty())
    arguments.insert(arguments.end(), {"--scope", std::string(scope)});
  const auto [exit_code, output] = run_gatehouse(arguments);
  if (exit_code != 0)
    throw std::runtime_error("no token: " + output);
  const auto last = output.find_last_not_of('\n');
  const auto begin = output.rfind('\n', last);
  return output.substr(begin + 1, last - begin);
}

}  // namespace gatehouse::system_test
