#include "http/socket_transport.hpp"

#include <array>
#include <tuple>

#include <boost/asio/buffer.hpp>

namespace gatehouse::http {

using boost::system::error_code;

void SocketTransport::stop_reading() noexcept {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_receive, ignored);
}

void SocketTransport::close() noexcept {
  error_code ignored;
  socket_.close(ignored);
}

bool SocketTransport::make_non_blocking() {
  error_code error;
  socket_.non_blocking(true, error);
  return !error;
}

IoResult SocketTransport::read_result(const error_code& error, std::size_t bytes) {
  ended_ = error == boost::asio::error::eof;
  const auto failure = ended_ ? IoStatus::ended : IoStatus::broken;
  return {.status = error ? failure : IoStatus::done, .bytes = bytes};
}

Task<void> SocketTransport::end_sending() {
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  if (error || ended_)
    co_return;
  std::array<char, 4096> discarded;
  while (!error) {
    std::size_t bytes = 0;
    std::tie(error, bytes) = co_await socket_.async_read_some(boost::asio::buffer(discarded), as_result);
  }
}

}  // namespace gatehouse::http
