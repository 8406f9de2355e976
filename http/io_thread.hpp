// One thread with one event loop: its listener, its connections, the timer that sweeps them for missed deadlines, and the
// mailbox in which answers from other threads arrive.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <thread>
#include <unordered_map>

#include "http/admission.hpp"
#include "http/listener.hpp"
#include "http/mailbox.hpp"
#include "http/session.hpp"
#include "http/thread_context.hpp"

namespace gatehouse::http {

class IoThread {
 public:
  // What is referred to must outlive it; `tls` may be null.
  IoThread(const Options& options, const Handler& handler, Admission& admission, ssl_ctx_st* tls);
  ~IoThread();

  Listener::Endpoint listen(const Listener::Endpoint& endpoint) { return listener_.listen(endpoint); }
  boost::asio::io_context& io() { return io_; }

  void start();
  void stop();  // any thread, after start(); the thread ends when every connection has
  void join();

  const Counters& counters() const { return context_.counters; }

 private:
  void begin_stop();
  void open_connection(Socket socket);
  void refuse_connection(Socket socket);
  void close_connection(std::uint64_t id, const std::exception_ptr& error);
  void receive(std::span<Mailbox::Letter> letters);
  Task<void> sweep();

  Admission& admission_;
  ssl_ctx_st* const tls_;
  ThreadContext context_;
  boost::asio::io_context io_{1};
  const std::shared_ptr<Mailbox> mailbox_;
  Listener listener_;
  Timer sweep_timer_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Session>> sessions_;
  std::uint64_t last_session_ = 0;
  Clock::time_point stop_by_ = Clock::time_point::max();
  std::thread thread_;
};

}  // namespace gatehouse::http
