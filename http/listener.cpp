#include "http/listener.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace gatehouse::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr std::chrono::milliseconds pause_after_failure{100};
constexpr int shed_at_once_max = 64;
constexpr int backlog = 1024;

}  // namespace

Listener::Listener(asio::io_context& io, ThreadContext& context, OnConnection on_connection)
    : context_(context), on_connection_(std::move(on_connection)), acceptor_(io.get_executor()),
      pause_(io.get_executor()) {
  open_spare();
}

Listener::~Listener() {
  if (spare_ >= 0)
    ::close(spare_);
}

Listener::Endpoint Listener::listen(const Endpoint& endpoint) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(asio::socket_base::reuse_address(true));
  acceptor_.set_option(ReusePort(true));
  acceptor_.bind(endpoint);
  acceptor_.listen(backlog);
  return acceptor_.local_endpoint();
}

Task<void> Listener::run() {
  while (acceptor_.is_open()) {
    auto [error, socket] = co_await acceptor_.async_accept(as_result);
    if (!error) {
      failing_ = false;
      on_connection_(std::move(socket));
      continue;
    }
    if (!acceptor_.is_open())
      break;
    if (error == asio::error::connection_aborted)
      continue;
    if (!std::exchange(failing_, true))
      context_.options.report("accepting a connection failed: " + error.message());
    if (error.value() == EMFILE || error.value() == ENFILE)
      shed();
    pause_.expires_after(pause_after_failure);
    co_await pause_.async_wait(as_result);
  }
}

void Listener::stop() {
  error_code error;
  acceptor_.non_blocking(true, error);
  while (!error) {
    Socket socket(acceptor_.get_executor());
    acceptor_.accept(socket, error);
    if (!error)
      on_connection_(std::move(socket));
  }
  acceptor_.close(error);
  pause_.cancel();
}

void Listener::open_spare() { spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

// Clients that would wait in vain are told so by a closed connection.
void Listener::shed() {
  if (spare_ < 0)
    return open_spare();
  ::close(std::exchange(spare_, -1));
  for (int client = 0; client < shed_at_once_max; ++client) {
    const int descriptor = ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0)
      break;
    ::close(descriptor);
    Counters::add(context_.counters.connections_shed);
  }
  open_spare();
}

void require_free_port(asio::io_context& io, const Listener::Endpoint& endpoint) {
  asio::basic_socket_acceptor<asio::ip::tcp, Executor> probe(io.get_executor());
  probe.open(endpoint.protocol());
  probe.set_option(asio::socket_base::reuse_address(true));
  probe.bind(endpoint);
}

}  // namespace gatehouse::http
