#include <boost/asio/buffer.hpp>

#include "http/socket_transport.hpp"

namespace gatehouse::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

IoResult write_result(const error_code& error, std::size_t bytes) {
  return {.status = error ? IoStatus::broken : IoStatus::done, .bytes = bytes};
}

class TcpTransport final : public SocketTransport {
 public:
  using SocketTransport::SocketTransport;

  Task<bool> open() override { co_return make_non_blocking(); }

  Task<IoResult> read_some(std::span<char> into) override {
    const auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), as_result);
    co_return read_result(error, bytes);
  }

  Task<IoResult> write_some(std::string_view bytes) override {
    const auto [error, sent] = co_await socket_.async_write_some(asio::buffer(bytes), as_result);
    co_return write_result(error, sent);
  }

  IoResult try_write(std::string_view bytes) override {
    error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(bytes), error);
    if (error == asio::error::would_block)
      return {};
    return write_result(error, sent);
  }

  Task<void> finish() override { return end_sending(); }
};

}  // namespace

std::unique_ptr<Transport> make_tcp_transport(Socket socket) {
  return std::make_unique<TcpTransport>(std::move(socket));
}

}  // namespace gatehouse::http
