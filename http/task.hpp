// The coroutine and socket types of the transport, on one concrete executor: every I/O thread runs an io_context of its own,
// and type-erased executors would cost an allocation and an indirect call for each operation.
#pragma once
#include <chrono>
#include <exception>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace gatehouse::http {

using Executor = boost::asio::io_context::executor_type;

template <class T>
using Task = boost::asio::awaitable<T, Executor>;

using Clock = std::chrono::steady_clock;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

// Completes a coroutine's operation with (error, value) instead of an exception: on a network failing is normal.
inline constexpr boost::asio::as_tuple_t<boost::asio::use_awaitable_t<Executor>> as_result{};

// Completes coroutines that nobody waits for: an exception out of one is a bug and must not pass in silence, so it leaves
// the event loop and ends the process.
inline void rethrow(const std::exception_ptr& failure) {
  if (failure)
    std::rethrow_exception(failure);
}

}  // namespace gatehouse::http
