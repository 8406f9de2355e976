#include "bench/load_generator.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

namespace gatehouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(value_); }
  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

// One connection with at most one request under way. Requests are far smaller than a socket's buffer, so sending never has to wait.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic{};
    static_assert(sizeof generic == sizeof address);
    std::memcpy(&generic, &address, sizeof generic);
    if (::connect(socket_.value(), &generic, sizeof generic) != 0)
      throw std::runtime_error("cannot reach the server");
    const int on = 1;
    ::setsockopt(socket_.value(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }

  [[nodiscard]] int descriptor() const { return socket_.value(); }
  [[nodiscard]] Clock::time_point sent_at() const { return sent_at_; }

  void send(const std::string& request) {
    sent_at_ = Clock::now();
    for (std::size_t sent = 0; sent < request.size();) {
      const auto count = ::send(socket_.value(), request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (count <= 0)
        throw std::runtime_error("the server hung up while a request was sent");
      sent += static_cast<std::size_t>(count);
    }
  }

  // Waits for bytes unless some are there; nothing while the answer is not complete.
  std::optional<HttpAnswer> receive() {
    const auto extent = receive_some();
    if (!extent)
      return std::nullopt;
    HttpAnswer answer{extent->status, received_.substr(extent->head_bytes, extent->body_bytes)};
    received_.erase(0, extent->bytes());
    return answer;
  }
  // The same with its head.
  std::optional<std::string> receive_whole() {
    const auto extent = receive_some();
    return extent ? std::optional(received_.substr(0, extent->bytes())) : std::nullopt;
  }

 private:
  std::optional<AnswerExtent> receive_some() {
    std::array<char, 16'384> bytes;
    const auto count = ::recv(socket_.value(), bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR)
      return std::nullopt;
    if (count <= 0)
      throw std::runtime_error("the server hung up before it answered");
    received_.append(bytes.data(), static_cast<std::size_t>(count));
    return first_answer(received_);
  }

  Descriptor socket_;
  std::string received_;
  Clock::time_point sent_at_;
};

class Load {
 public:
  explicit Load(const LoadPlan& plan) : plan_(plan), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t index = 0; index < plan.connections; ++index) {
      connections_.push_back(std::make_unique<Connection>(plan.port));
      epoll_event interest{};
      interest.events = EPOLLIN;
      interest.data.u64 = index;
      ::epoll_ctl(poll_.value(), EPOLL_CTL_ADD, connections_.back()->descriptor(), &interest);
    }
  }

  LoadResult run() {
    const auto start = Clock::now();
    counted_from_ = start + plan_.warm_up;
    ends_at_ = counted_from_ + plan_.duration;
    for (std::size_t index = 0; index < connections_.size(); ++index)
      send_next(index);
    std::array<epoll_event, 256> ready;
    while (under_way_ > 0) {
      const int count = ::epoll_wait(poll_.value(), ready.data(), static_cast<int>(ready.size()), 10'000);
      if (count == 0)
        throw std::runtime_error("the server has not answered for ten seconds");
      for (int event = 0; event < count; ++event)
        on_ready(ready[static_cast<std::size_t>(event)].data.u64);
    }
    result_.seconds = std::chrono::duration<double>(last_counted_ - counted_from_).count();
    return std::move(result_);
  }

 private:
  void send_next(std::size_t index) {
    if (Clock::now() >= ends_at_ || sequence_ >= plan_.answers_max)
      return;
    connections_[index]->send(plan_.request(index, sequence_++));
    ++under_way_;
  }

  void on_ready(std::size_t index) {
    const auto answer = connections_[index]->receive();
    if (!answer)
      return;
    --under_way_;
    const auto now = Clock::now();
    if (answer->status != 200) {
      if (result_.refused++ == 0)
        result_.first_refusal = answer->body;
    } else if (now >= counted_from_ && now <= ends_at_) {
      ++result_.answered;
      result_.latencies.add(now - connections_[index]->sent_at());
      last_counted_ = now;
    }
    send_next(index);
  }

  const LoadPlan& plan_;
  Descriptor poll_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::uint64_t sequence_ = 0;
  std::size_t under_way_ = 0;
  Clock::time_point counted_from_, ends_at_, last_counted_;
  LoadResult result_;
};

}  // namespace

LoadResult run_load(const LoadPlan& plan) { return Load(plan).run(); }

HttpAnswer ask(std::uint16_t port, const std::string& request) {
  Connection connection(port);
  connection.send(request);
  for (;;) {
    if (auto answer = connection.receive())
      return std::move(*answer);
  }
}

std::string whole_answer(std::uint16_t port, const std::string& request) {
  Connection connection(port);
  connection.send(request);
  for (;;) {
    if (auto answer = connection.receive_whole())
      return std::move(*answer);
  }
}

}  // namespace gatehouse::bench
