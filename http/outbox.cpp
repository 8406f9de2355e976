#include "http/outbox.hpp"

#include <utility>

namespace gatehouse::http {
namespace {

constexpr std::size_t kept_buffer_bytes = 64 * 1024;

void empty_buffer(std::string& buffer) {
  if (buffer.capacity() > kept_buffer_bytes) {
    buffer = std::string();
  } else {
    buffer.clear();
  }
}

}  // namespace

Outbox::Outbox(ThreadContext& context, Transport& transport)
    : context_(context), transport_(transport), clock_(Phase::held, Clock::now()) {}

void Outbox::answer(std::uint64_t sequence, Response response) {
  if (!is_sendable(response)) {
    context_.options.report("an answer was not sendable: a header, its content type or its status is malformed");
    Counters::add(context_.counters.answers_missing);
    response = problem_response({RefusalKind::internal_error, "The answer could not be sent."}, {});
  }
  const bool awaited = queue_.answer(sequence, std::move(response));
  Counters::add(awaited ? context_.counters.answers : context_.counters.answers_undeliverable);
}

void Outbox::say_continue() { pending_.append("HTTP/1.1 100 Continue\r\n\r\n"); }

bool Outbox::send() {
  if (broken_)
    return false;
  queue_.gather(pending_, context_.date.at(std::chrono::system_clock::now()));
  if (draining_)
    return false;
  queue_.gather_stream(pending_);  // not while the socket is full: what the reader does not take stays with the writer
  if (pending_.empty())
    return false;
  const IoResult result = transport_.try_write(pending_);
  if (result.status != IoStatus::done) {
    break_off();
    return false;
  }
  count_sent(result.bytes);
  if (result.bytes == pending_.size()) {
    empty_buffer(pending_);
    return false;
  }
  pending_.erase(0, result.bytes);
  draining_ = true;
  return true;
}

Task<void> Outbox::drain() {
  clock_.restart(Phase::writing, Clock::now());
  while (!broken_ && !pending_.empty()) {
    std::swap(leaving_, pending_);
    leaving_rest_ = leaving_;
    while (!broken_ && !leaving_rest_.empty()) {
      const IoResult result = co_await transport_.write_some(leaving_rest_);
      if (result.status != IoStatus::done)
        break_off();
      count_sent(result.bytes);
      clock_.moved(result.bytes);
      if (!broken_)
        leaving_rest_.remove_prefix(result.bytes);
    }
    empty_buffer(leaving_);
  }
  clock_.restart(Phase::held, Clock::now());
  draining_ = false;
}

void Outbox::break_off() {
  broken_ = true;
  queue_ = AnswerQueue();
  pending_.clear();
  leaving_rest_ = {};
}

void Outbox::count_sent(std::size_t bytes) {
  if (bytes > 0)
    Counters::add(context_.counters.bytes_sent, bytes);
}

}  // namespace gatehouse::http
