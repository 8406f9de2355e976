// The socket under a transport, and what plain and encrypted connections do with it alike.
#pragma once
#include <utility>

#include "http/transport.hpp"

namespace gatehouse::http {

class SocketTransport : public Transport {
 public:
  explicit SocketTransport(Socket socket) : socket_(std::move(socket)) {}

  void stop_reading() noexcept override;
  void close() noexcept override;

 protected:
  bool make_non_blocking();  // for try_write(): a synchronous write on a blocking socket would wait
  // A read of the socket is over; what it says about the peer's direction is remembered for end_sending().
  IoResult read_result(const boost::system::error_code& error, std::size_t bytes);
  Task<void> end_sending();  // then swallows what still arrives

  Socket socket_;

 private:
  bool ended_ = false;  // Asio may never complete a read that follows the one which met the end
};

}  // namespace gatehouse::http
