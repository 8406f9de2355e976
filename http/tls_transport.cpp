#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "http/transport.hpp"

namespace gatehouse::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// HTTP knows from Content-Length whether it has everything, so an end without close_notify is an end like any other.
IoResult result_of(const error_code& error, std::size_t bytes) {
  if (!error)
    return {.status = IoStatus::done, .bytes = bytes};
  const bool ended = error == asio::error::eof || error == asio::ssl::error::stream_truncated;
  return {.status = ended ? IoStatus::ended : IoStatus::broken, .bytes = bytes};
}

class TlsTransport final : public Transport {
 public:
  TlsTransport(Socket socket, asio::ssl::context& context) : stream_(std::move(socket), context) {}

  Task<bool> open() override {
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
    co_return !error;
  }

  Task<IoResult> read_some(std::span<char> into) override {
    const auto [error, bytes] = co_await stream_.async_read_some(asio::buffer(into.data(), into.size()), as_result);
    co_return result_of(error, bytes);
  }

  Task<IoResult> write_some(std::string_view bytes) override {
    const auto [error, sent] = co_await stream_.async_write_some(asio::buffer(bytes), as_result);
    co_return result_of(error, sent);
  }

  // Asio loses the rest of a record that a synchronous write cannot place at once.
  IoResult try_write(std::string_view) override { return {}; }

  Task<void> finish(bool unread) override {
    if (unread) {
      // close_notify makes the peer's further records an error, so these are swallowed first.
      std::array<char, 4096> discarded;
      while (true) {
        const auto [error, bytes] = co_await stream_.async_read_some(asio::buffer(discarded), as_result);
        if (error)
          break;
      }
    }
    co_await stream_.async_shutdown(as_result);
  }

  void stop_reading() noexcept override {
    error_code ignored;
    stream_.next_layer().shutdown(Socket::shutdown_receive, ignored);
  }

  void close() noexcept override {
    error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  asio::ssl::stream<Socket> stream_;
};

}  // namespace

std::unique_ptr<Transport> make_tls_transport(Socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsTransport>(std::move(socket), context);
}

}  // namespace gatehouse::http
