// The bytes of one connection, plain or encrypted. One read and one write may be under way at a time. Nothing here has a
// deadline: the connection's sweep ends what takes too long by stop_reading() or close().
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "http/task.hpp"

struct ssl_ctx_st;

namespace gatehouse::http {

enum class IoStatus : std::uint8_t { done, ended, broken };

// ended: the peer sends no more, which leaves the other direction open.
struct IoResult {
  IoStatus status = IoStatus::done;
  std::size_t bytes = 0;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Whatever must happen before the first byte; false if the peer is not fit to talk to.
  virtual Task<bool> open() = 0;

  virtual Task<IoResult> read_some(std::span<char> into) = 0;
  virtual Task<IoResult> write_some(std::string_view bytes) = 0;

  // Writes what fits without waiting, possibly nothing. Only while no write_some() is under way.
  virtual IoResult try_write(std::string_view bytes) = 0;

  // Ends our direction and swallows what still arrives until the peer ends its own, so that no reset destroys the last
  // answer on its way.
  virtual Task<void> finish() = 0;

  virtual void stop_reading() noexcept = 0;  // what has arrived can still be read, then the direction has ended
  virtual void close() noexcept = 0;         // cuts whatever is under way; may be called again
};

std::unique_ptr<Transport> make_tcp_transport(Socket socket);
std::unique_ptr<Transport> make_tls_transport(Socket socket, ssl_ctx_st& context);

}  // namespace gatehouse::http
