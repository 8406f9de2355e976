#include "http/server.hpp"

#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "http/io_thread.hpp"
#include "http/tls_context.hpp"
#include "table/assert.hpp"

namespace gatehouse::http {

struct Server::Running {
  Running(Options options_in, Handler handler_in)
      : options(std::move(options_in)), handler(std::move(handler_in)), admission(options.limits) {}

  const Options options;
  const Handler handler;
  Admission admission;
  TlsContext tls;
  std::vector<std::unique_ptr<IoThread>> threads;
  std::uint16_t port = 0;
};

Server::Server(Options options, Handler handler)
    : running_(std::make_unique<Running>(std::move(options), std::move(handler))) {
  GATEHOUSE_ASSERT(running_->options.threads > 0 && running_->handler != nullptr);
}

Server::~Server() {
  stop();
  wait();
}

void Server::start() {
  GATEHOUSE_ASSERT(running_->threads.empty());
  const Options& options = running_->options;
  if (options.tls)
    running_->tls = make_tls_context(*options.tls);
  Listener::Endpoint endpoint(boost::asio::ip::make_address(options.address), options.port);
  std::vector<std::unique_ptr<IoThread>> threads;
  try {
    for (unsigned index = 0; index < options.threads; ++index) {
      threads.push_back(std::make_unique<IoThread>(options, running_->handler, running_->admission, running_->tls.get()));
      if (index == 0 && options.port != 0)
        require_free_port(threads.front()->io(), endpoint);
      endpoint = threads.back()->listen(endpoint);
    }
  } catch (const boost::system::system_error& failure) {
    std::ostringstream message;
    message << "cannot listen on " << endpoint << ": " << failure.code().message();
    throw std::runtime_error(message.str());
  }
  running_->port = endpoint.port();
  running_->threads = std::move(threads);
  for (const auto& thread : running_->threads)
    thread->start();
}

std::uint16_t Server::port() const { return running_->port; }

void Server::stop() {
  for (const auto& thread : running_->threads)
    thread->stop();
}

void Server::wait() {
  for (const auto& thread : running_->threads)
    thread->join();
}

CounterTotals Server::counters() const {
  CounterTotals totals;
  for (const auto& thread : running_->threads)
    thread->counters().add_to(totals);
  return totals;
}

}  // namespace gatehouse::http
