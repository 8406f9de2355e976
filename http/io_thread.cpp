#include "http/io_thread.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "table/assert.hpp"

namespace gatehouse::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// How late a missed deadline may be noticed.
constexpr std::chrono::milliseconds sweep_interval{100};

asio::ip::address plain_address(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped())
    return address;
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

AddressKey key_of(const asio::ip::address& address) {
  if (address.is_v4())
    return asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes();
  AddressKey key = address.to_v6().to_bytes();
  std::fill(key.begin() + 8, key.end(), 0);
  return key;
}

}  // namespace

IoThread::IoThread(const Options& options, const Handler& handler, Admission& admission, ssl_ctx_st* tls)
    : admission_(admission), tls_(tls), context_{.options = options, .handler = handler, .bodies = admission.bodies()},
      mailbox_(std::make_shared<Mailbox>(io_.get_executor(),
                                         [this](std::span<Mailbox::Letter> letters) { receive(letters); })),
      listener_(io_, context_, [this](Socket socket) { open_connection(std::move(socket)); }),
      sweep_timer_(io_.get_executor()) {
  context_.sink = mailbox_;
}

IoThread::~IoThread() {
  GATEHOUSE_ASSERT(!thread_.joinable());
  mailbox_->close();
}

void IoThread::start() {
  asio::co_spawn(io_, listener_.run(), rethrow);
  asio::co_spawn(io_, sweep(), rethrow);
  thread_ = std::thread([this] {
    const Mailbox::OwnThread own(*mailbox_);
    io_.run();
  });
}

void IoThread::stop() {
  asio::post(io_, [this] { begin_stop(); });
}

void IoThread::join() {
  if (thread_.joinable())
    thread_.join();
}

void IoThread::begin_stop() {
  if (context_.stopping)
    return;
  context_.stopping = true;
  stop_by_ = Clock::now() + context_.options.deadlines.stop;
  listener_.stop();
  for (const auto& [id, session] : sessions_)
    session->begin_stop();
  sweep_timer_.cancel();
}

void IoThread::open_connection(Socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error)
    return;  // gone already
  Counters::add(context_.counters.connections_accepted);
  const auto address = plain_address(peer.address());
  auto place = admission_.admit(key_of(address));
  if (!place)
    return refuse_connection(std::move(socket));

  socket.set_option(asio::ip::tcp::no_delay(true), error);
  auto transport =
      tls_ != nullptr ? make_tls_transport(std::move(socket), *tls_) : make_tcp_transport(std::move(socket));
  const std::uint64_t id = ++last_session_;
  const auto session = std::make_shared<Session>(
      context_, io_.get_executor(), id,
      Peer{.address = address.to_string(), .secure = tls_ != nullptr, .place = *std::move(place)},
      std::move(transport));
  sessions_.emplace(id, session);
  asio::co_spawn(io_, session->run(), [this, session, id](const std::exception_ptr& failure) {
    session->close();
    close_connection(id, failure);
  });
}

// The client may have to guess over TLS, where an answer would cost a handshake.
void IoThread::refuse_connection(Socket socket) {
  Counters::add(context_.counters.connections_refused);
  Counters::add(context_.counters.connections_closed);
  if (tls_ != nullptr)
    return;
  const Refusal refusal{RefusalKind::too_many_connections, "Try again when others have left."};
  Counters::add(context_.counters.refusals[static_cast<std::size_t>(refusal.kind)]);
  std::string answer;
  append_response(answer, context_.options.refusal_response(refusal, {}, context_.request_ids.next()),
                  {.keep_alive = false}, context_.date.at(std::chrono::system_clock::now()));
  error_code error;
  socket.non_blocking(true, error);
  socket.write_some(asio::buffer(answer), error);
  socket.shutdown(Socket::shutdown_send, error);
  // A request left unread would turn the close into a reset, which can overtake the answer.
  std::array<char, 4096> discarded;
  socket.read_some(asio::buffer(discarded), error);
}

void IoThread::close_connection(std::uint64_t id, const std::exception_ptr& error) {
  if (error)
    context_.options.report("a connection failed with an exception");
  sessions_.erase(id);
  Counters::add(context_.counters.connections_closed);
  if (context_.stopping && sessions_.empty())
    sweep_timer_.cancel();
}

void IoThread::receive(std::span<Mailbox::Letter> letters) {
  for (Mailbox::Letter& letter : letters) {
    const auto session = sessions_.find(letter.ticket.connection);
    if (session == sessions_.end()) {
      if (!letter.nudge)
        Counters::add(context_.counters.answers_undeliverable);
    } else if (!letter.nudge) {
      session->second->answer(letter.ticket.sequence, std::move(letter.response));
    }
  }
  // Only now, so that answers of one connection that came together leave together.
  for (const Mailbox::Letter& letter : letters) {
    if (const auto session = sessions_.find(letter.ticket.connection); session != sessions_.end())
      session->second->flush();
  }
}

Task<void> IoThread::sweep() {
  while (!context_.stopping || !sessions_.empty()) {
    sweep_timer_.expires_after(sweep_interval);
    co_await sweep_timer_.async_wait(as_result);
    const auto now = Clock::now();
    for (const auto& [id, session] : sessions_) {
      if (now > stop_by_) {
        session->close();
      } else {
        session->sweep(now);
      }
    }
  }
}

}  // namespace gatehouse::http
