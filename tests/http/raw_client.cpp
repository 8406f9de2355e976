#include "tests/http/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <utility>

#include "http/field_syntax.hpp"

namespace gatehouse::http {

std::string Answer::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const auto end = std::min(rest.find("\r\n"), rest.size());
    const auto line = rest.substr(0, end);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), name)) {
      return std::string{trim_blanks(line.substr(colon + 1))};
    }
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return {};
}

RawClient::RawClient() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience_time{.tv_sec = patience.count() / 1000, .tv_usec = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience_time, sizeof patience_time);
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience_time, sizeof patience_time);
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawClient::RawClient(std::uint16_t port) : RawClient() { ended_ = !connect(port); }

RawClient::RawClient(RawClient&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), received_(std::move(other.received_)), ended_(other.ended_),
      tls_context_(std::exchange(other.tls_context_, nullptr)), tls_(std::exchange(other.tls_, nullptr)) {}

RawClient::~RawClient() {
  if (tls_ != nullptr)
    SSL_free(tls_);
  if (tls_context_ != nullptr)
    SSL_CTX_free(tls_context_);
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

RawClient RawClient::of_host(std::uint32_t number, std::uint16_t port) {
  RawClient client;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl((INADDR_LOOPBACK & ~0xFFU) | number);
  ::bind(client.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  client.connect(port);
  return client;
}

bool RawClient::connect(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool RawClient::start_tls(const char* protocol) {
  tls_context_ = SSL_CTX_new(TLS_client_method());
  tls_ = SSL_new(tls_context_);
  SSL_set_fd(tls_, descriptor_);
  if (protocol != nullptr) {
    const std::string name{protocol};
    const std::string list = static_cast<char>(name.size()) + name;
    SSL_set_alpn_protos(tls_, reinterpret_cast<const unsigned char*>(list.data()), static_cast<unsigned>(list.size()));
  }
  return SSL_connect(tls_) == 1;
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = tls_ != nullptr ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                      : ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::receive_more() {
  if (ended_)
    return false;
  std::array<char, 16 * 1024> buffer;
  const auto bytes = tls_ != nullptr ? SSL_read(tls_, buffer.data(), static_cast<int>(buffer.size()))
                                     : ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (bytes == 0 || (bytes < 0 && tls_ == nullptr && errno != EAGAIN))
    ended_ = true;
  if (bytes < 0 && tls_ != nullptr && SSL_get_error(tls_, static_cast<int>(bytes)) != SSL_ERROR_WANT_READ)
    ended_ = true;
  if (bytes > 0)
    received_.append(buffer.data(), static_cast<std::size_t>(bytes));
  return bytes > 0;
}

Answer RawClient::receive_answer(bool to_head) {
  while (received_.find("\r\n\r\n") == std::string::npos) {
    if (!receive_more())
      return {};
  }
  Answer answer;
  const auto head_bytes = received_.find("\r\n\r\n") + 4;
  answer.head = received_.substr(0, head_bytes);
  std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
  std::size_t body_bytes = 0;
  if (const auto length = answer.header("content-length"); !length.empty() && !to_head)
    body_bytes = std::stoul(length);
  while (received_.size() < head_bytes + body_bytes) {
    if (!receive_more())
      return {};
  }
  answer.body = received_.substr(head_bytes, body_bytes);
  received_.erase(0, head_bytes + body_bytes);
  return answer;
}

std::string RawClient::receive_some() {
  if (received_.empty())
    receive_more();
  return std::exchange(received_, {});
}

std::string RawClient::receive_rest() {
  while (receive_more()) {
  }
  return std::exchange(received_, {});
}

bool RawClient::closed_by_server() { return receive_rest().empty() && ended_; }

void RawClient::finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

void RawClient::reset() {
  const linger abort{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  ::close(std::exchange(descriptor_, -1));
  ended_ = true;
}

Answer RawClient::get(std::string_view target) {
  send("GET " + std::string{target} + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return receive_answer();
}

}  // namespace gatehouse::http
