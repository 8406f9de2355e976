// What a thousand readers who follow an account's events, and do not read, cost the commands of the same account: windows with and without them in turn.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/company.hpp"
#include "bench/http_measures.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t followers = 1'000;
constexpr std::size_t windows = 5;  // of each kind
constexpr std::size_t connections = 16;
constexpr double p99_ratio_max = 1.5;

// A socket that is written to once and never read.
class Sleeper {
 public:
  Sleeper(std::uint16_t port, const std::string& request) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool asked =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
    if (!asked)
      throw std::runtime_error("a follower cannot connect");
  }
  Sleeper(Sleeper&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Sleeper& operator=(Sleeper&&) = delete;
  ~Sleeper() {
    if (socket_ >= 0)
      ::close(socket_);
  }

 private:
  int socket_;
};

// The position of the account's last event, or of the catalogue's.
std::string position_now(const Subject& subject) {
  const auto target = "/v1/accounts/" + company_account.value + "/apps/" + installed_app().value + "/installability";
  const auto answer = ask(subject.server.port(), get_request(target, subject.tokens.company_owner));
  const auto at = answer.body.find("\"position\":");
  if (answer.status != 200 || at == std::string::npos)
    throw std::runtime_error("where the log ends cannot be read: " + answer.body);
  return std::to_string(std::stoull(answer.body.substr(at + 11)));
}

std::vector<Sleeper> follow(const Subject& subject) {
  // The owner holds every privilege; he follows what happens from now on.
  const auto request = "GET /v1/accounts/" + company_account.value + "/events?after=" + position_now(subject) +
                       " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer " +
                       subject.tokens.company_owner + "\r\n\r\n";
  std::vector<Sleeper> sleepers;
  for (std::size_t number = 0; number < followers; ++number)
    sleepers.emplace_back(subject.server.port(), request);
  std::this_thread::sleep_for(std::chrono::seconds(2));
  return sleepers;
}

}  // namespace

void measure_followers(const Subject& subject) {
  std::array<std::vector<double>, 2> rates, p99s;
  std::uint64_t first = 90'000'000'000;
  for (std::size_t window = 0; window < 2 * windows; ++window) {
    const bool followed = window % 2 == 1;
    const auto sleepers = followed ? follow(subject) : std::vector<Sleeper>();
    LoadPlan plan{.port = subject.server.port(), .connections = connections, .duration = subject.duration};
    plan.request = [&](std::size_t, std::uint64_t sequence) {
      return new_member_request(company_account.value, subject.tokens.company_directory, first + sequence);
    };
    const auto load = run_accepted_load(plan);
    first += 1'000'000'000;
    rates[followed ? 1 : 0].push_back(load.per_second());
    p99s[followed ? 1 : 0].push_back(load.latencies.percentile_ms(99));
  }
  auto& report = subject.report;
  report.section("Commands, 16 connections, while 1,000 follow the account's events and do not read");
  report.row({.name = "commands",
              .value = median(rates[1]),
              .unit = Unit::per_second,
              .against = "without them",
              .reference = median(rates[0])});
  report.row({.name = "p99",
              .value = median(p99s[1]),
              .unit = Unit::milliseconds,
              .against = "without them",
              .reference = median(p99s[0]),
              .bar = Bar::at_most,
              .bar_value = p99_ratio_max * median(p99s[0])});
}

}  // namespace gatehouse::bench
