#include <boost/asio/buffer.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <string>

#include "http/socket_transport.hpp"
#include "table/assert.hpp"

namespace gatehouse::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t encrypted_at_once_max = 64 * 1024;

// OpenSSL between two memory buffers, driven by hand: unlike Asio's stream it can write without waiting, which most answers
// do, and say goodbye without listening for one.
class TlsTransport final : public SocketTransport {
 public:
  TlsTransport(Socket socket, SSL_CTX& context) : SocketTransport(std::move(socket)), ssl_(SSL_new(&context), SSL_free) {
    GATEHOUSE_ASSERT(ssl_ != nullptr);
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(ssl_.get());
  }

  Task<bool> open() override;
  Task<IoResult> read_some(std::span<char> into) override;
  Task<IoResult> write_some(std::string_view bytes) override;
  IoResult try_write(std::string_view bytes) override;
  Task<void> finish() override;

 private:
  int last_error(int result) { return SSL_get_error(ssl_.get(), result); }
  IoResult encrypt(std::string_view bytes);
  bool send_ciphertext();  // what fits; false if the connection is broken
  Task<IoStatus> receive_ciphertext(std::span<char> scratch);

  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  std::string ciphertext_;            // on its way out
  std::size_t unreported_bytes_ = 0;  // plain ones within `ciphertext_`, which their owner will offer again
};

Task<bool> TlsTransport::open() {
  if (!make_non_blocking())
    co_return false;
  std::array<char, 4096> scratch;
  while (true) {
    ERR_clear_error();
    const int result = SSL_accept(ssl_.get());
    const int reason = result == 1 ? SSL_ERROR_NONE : last_error(result);
    const bool sent = send_ciphertext();  // an alert, if it failed
    if (reason == SSL_ERROR_NONE)
      co_return sent;
    if (!sent || reason != SSL_ERROR_WANT_READ || co_await receive_ciphertext(scratch) != IoStatus::done)
      co_return false;
  }
}

Task<IoResult> TlsTransport::read_some(std::span<char> into) {
  while (true) {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
    if (result == 1)
      co_return IoResult{.status = IoStatus::done, .bytes = bytes};
    const int reason = last_error(result);
    if (reason == SSL_ERROR_ZERO_RETURN)
      co_return IoResult{.status = IoStatus::ended};
    if (reason != SSL_ERROR_WANT_READ || !send_ciphertext())
      co_return IoResult{.status = IoStatus::broken};
    // HTTP knows from Content-Length whether it has everything, so an end without close_notify is an end like any other.
    if (const IoStatus status = co_await receive_ciphertext(into); status != IoStatus::done)
      co_return IoResult{.status = status};
  }
}

Task<IoResult> TlsTransport::write_some(std::string_view bytes) {
  while (true) {
    const IoResult result = encrypt(bytes);
    if (result.status != IoStatus::done || result.bytes > 0)
      co_return result;
    const auto [error] = co_await socket_.async_wait(Socket::wait_write, as_result);
    if (error)
      co_return IoResult{.status = IoStatus::broken};
  }
}

IoResult TlsTransport::try_write(std::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const IoResult result = encrypt(bytes.substr(written));
    if (result.status != IoStatus::done)
      return result;
    if (result.bytes == 0)
      break;
    written += result.bytes;
  }
  return {.status = IoStatus::done, .bytes = written};
}

// One round: bytes count as written when the socket has taken all of the ciphertext that they became.
IoResult TlsTransport::encrypt(std::string_view bytes) {
  const IoResult broken{.status = IoStatus::broken};
  if (ciphertext_.empty() && unreported_bytes_ == 0) {
    ERR_clear_error();
    if (SSL_write_ex(ssl_.get(), bytes.data(), std::min(bytes.size(), encrypted_at_once_max), &unreported_bytes_) != 1)
      return broken;
  }
  if (!send_ciphertext())
    return broken;
  return {.status = IoStatus::done, .bytes = ciphertext_.empty() ? std::exchange(unreported_bytes_, 0) : 0};
}

bool TlsTransport::send_ciphertext() {
  char* fresh = nullptr;
  BIO* out = SSL_get_wbio(ssl_.get());
  if (const long bytes = BIO_get_mem_data(out, &fresh); bytes > 0) {
    ciphertext_.append(fresh, static_cast<std::size_t>(bytes));
    BIO_reset(out);
  }
  while (!ciphertext_.empty()) {
    error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(ciphertext_), error);
    if (error == asio::error::would_block)
      return true;
    if (error)
      return false;
    ciphertext_.erase(0, sent);
  }
  return true;
}

Task<IoStatus> TlsTransport::receive_ciphertext(std::span<char> scratch) {
  const auto room = asio::buffer(scratch.data(), scratch.size());
  const auto [error, bytes] = co_await socket_.async_read_some(room, as_result);
  if (const auto result = read_result(error, bytes); result.status != IoStatus::done)
    co_return result.status;
  const int kept = BIO_write(SSL_get_rbio(ssl_.get()), scratch.data(), static_cast<int>(bytes));
  co_return kept == static_cast<int>(bytes) ? IoStatus::done : IoStatus::broken;
}

Task<void> TlsTransport::finish() {
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  send_ciphertext();
  co_await end_sending();
}

}  // namespace

std::unique_ptr<Transport> make_tls_transport(Socket socket, ssl_ctx_st& context) {
  return std::make_unique<TlsTransport>(std::move(socket), context);
}

}  // namespace gatehouse::http
