// The sending side of one connection: answers in order, as few writes as possible, a first attempt without waiting and a
// coroutine for what the socket did not take. On its connection's thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/answer_queue.hpp"
#include "http/phase_clock.hpp"
#include "http/thread_context.hpp"
#include "http/transport.hpp"

namespace gatehouse::http {

class Outbox {
 public:
  // Written before the other connections of the thread have their turn: a socket takes megabytes at once, of which each is the work of half a millisecond.
  static constexpr std::size_t turn_bytes = 128 * 1024;

  Outbox(ThreadContext& context, Transport& transport);

  std::uint64_t open(AnswerShape shape) { return queue_.open(shape); }
  void answer(std::uint64_t sequence, Response response);  // dropped if nobody waits for it
  void close_after_last() { queue_.close_after_last(); }
  void end_stream() { queue_.end_stream(); }
  void say_continue();  // only while nothing is in flight

  // Sends the answers that may leave, as far as the socket and this turn take them. True if a rest is left and nobody is at it: then spawn drain().
  bool send();
  Task<void> drain();

  void break_off();  // the peer cannot be reached any more

  std::size_t in_flight() const { return queue_.in_flight(); }
  std::size_t unsent_bytes() const {
    return pending_.size() + leaving_rest_.size() + body_rest_.size() + queue_.waiting_bytes();
  }
  bool finished() const {
    return broken_ || (queue_.in_flight() == 0 && !queue_.streaming() && unsent_bytes() == 0 && !draining_);
  }
  bool closed() const { return queue_.closed(); }
  bool streaming() const { return queue_.streaming(); }
  bool broken() const { return broken_; }
  bool expired(PhaseClock::Time now) const { return clock_.expired(now, context_.options.deadlines); }

 private:
  void gather();       // nothing may be left of the piece before
  bool write_piece();  // true if the socket took all of it
  bool try_write(std::string_view& rest);
  Task<void> write(std::string_view& rest);
  void count_sent(std::size_t bytes);

  ThreadContext& context_;
  Transport& transport_;
  AnswerQueue queue_;
  // The piece that leaves next: a text, and after it what may lie elsewhere.
  std::string pending_;
  std::shared_ptr<const std::string> body_;
  std::string_view body_rest_;
  std::string leaving_;  // what drain() is writing: it must not move meanwhile
  std::string_view leaving_rest_;
  std::size_t turn_left_ = 0;
  PhaseClock clock_;
  bool draining_ = false;
  bool broken_ = false;
};

}  // namespace gatehouse::http
