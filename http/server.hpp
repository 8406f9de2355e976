// The HTTP server: HTTP/1.1 over TCP or TLS with keep-alive, pipelining, limits and deadlines. It knows nothing of routes:
// every well-formed request goes to the one handler, and each is answered exactly once.
#pragma once
#include <cstdint>
#include <memory>

#include "http/counters.hpp"
#include "http/options.hpp"

namespace gatehouse::http {

class Server {
 public:
  Server(Options options, Handler handler);
  ~Server();  // stop() and wait()

  // Listens and serves from here on. Throws std::exception if the address, the port or the TLS files cannot be used.
  void start();

  std::uint16_t port() const;  // after start()

  // Begins the end and returns at once; any thread, any number of times. No connection is accepted any more, idle ones are
  // closed, requests that have arrived are answered; what is left after the stop deadline is cut.
  void stop();

  void wait();  // until all that is done; not on an I/O thread

  CounterTotals counters() const;  // any thread

 private:
  struct Running;
  const std::unique_ptr<Running> running_;
};

}  // namespace gatehouse::http
