// Accepts connections for one I/O thread. Every thread has a listener of its own on the same port (SO_REUSEPORT) and the
// kernel spreads the clients. Without a free descriptor it backs off and sheds clients by means of a spare one, since an
// accept loop that only retries would burn a core.
#pragma once
#include <functional>

#include <boost/asio/basic_socket_acceptor.hpp>

#include "http/task.hpp"
#include "http/thread_context.hpp"

namespace gatehouse::http {

class Listener {
 public:
  using Endpoint = boost::asio::ip::tcp::endpoint;
  using OnConnection = std::function<void(Socket)>;

  Listener(boost::asio::io_context& io, ThreadContext& context, OnConnection on_connection);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  // Throws boost::system::system_error. The endpoint returned has the port that port 0 became.
  Endpoint listen(const Endpoint& endpoint);

  Task<void> run();

  void stop();  // hands over what the kernel has accepted already, then closes

 private:
  void open_spare();
  void shed();

  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;

  ThreadContext& context_;
  const OnConnection on_connection_;
  Acceptor acceptor_;
  Timer pause_;
  int spare_ = -1;
  bool failing_ = false;
};

// Throws if another program listens there: with SO_REUSEPORT alone two servers would share the port in silence.
void require_free_port(boost::asio::io_context& io, const Listener::Endpoint& endpoint);

}  // namespace gatehouse::http
