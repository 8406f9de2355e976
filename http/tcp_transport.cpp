#include <boost/asio/buffer.hpp>

#include "http/transport.hpp"

namespace gatehouse::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

IoResult result_of(const error_code& error, std::size_t bytes) {
  if (!error)
    return {.status = IoStatus::done, .bytes = bytes};
  return {.status = error == asio::error::eof ? IoStatus::ended : IoStatus::broken, .bytes = bytes};
}

class TcpTransport final : public Transport {
 public:
  explicit TcpTransport(Socket socket) : socket_(std::move(socket)) {}

  Task<bool> open() override {
    // For try_write(): a synchronous write on a blocking socket would wait.
    error_code error;
    socket_.non_blocking(true, error);
    co_return !error;
  }

  Task<IoResult> read_some(std::span<char> into) override {
    const auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), as_result);
    ended_ = error == asio::error::eof;
    co_return result_of(error, bytes);
  }

  Task<IoResult> write_some(std::string_view bytes) override {
    const auto [error, sent] = co_await socket_.async_write_some(asio::buffer(bytes), as_result);
    co_return result_of(error, sent);
  }

  IoResult try_write(std::string_view bytes) override {
    error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(bytes), error);
    if (error == asio::error::would_block)
      return {};
    return result_of(error, sent);
  }

  Task<void> finish() override {
    error_code error;
    socket_.shutdown(Socket::shutdown_send, error);
    if (!error && !ended_)
      co_await discard_rest(socket_);
  }

  void stop_reading() noexcept override {
    error_code ignored;
    socket_.shutdown(Socket::shutdown_receive, ignored);
  }

  void close() noexcept override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  Socket socket_;
  bool ended_ = false;  // Asio may never complete a read that follows the one which met the end
};

}  // namespace

Task<void> discard_rest(Socket& socket) {
  std::array<char, 4096> discarded;
  while (true) {
    const auto [error, bytes] = co_await socket.async_read_some(asio::buffer(discarded), as_result);
    if (error)
      co_return;
  }
}

std::unique_ptr<Transport> make_tcp_transport(Socket socket) {
  return std::make_unique<TcpTransport>(std::move(socket));
}

}  // namespace gatehouse::http
