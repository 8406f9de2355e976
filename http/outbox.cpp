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
    response = problem_response({RefusalKind::internal_error, "The answer could not be sent."});
  }
  const bool awaited = queue_.answer(sequence, std::move(response));
  Counters::add(awaited ? context_.counters.answers : context_.counters.answers_undeliverable);
}

void Outbox::say_continue() { pending_.append("HTTP/1.1 100 Continue\r\n\r\n"); }

bool Outbox::send() {
  // While drain() is at it, it gathers what comes by itself.
  if (broken_ || draining_)
    return false;
  turn_left_ = turn_bytes;
  do {
    gather();
    // Not while the socket is full: what the reader does not take stays with the writer.
    if (body_ == nullptr)
      queue_.gather_stream(pending_);
    draining_ = !write_piece();
  } while (!draining_ && !broken_ && queue_.ready());
  return draining_;
}

void Outbox::gather() {
  body_ = queue_.gather(pending_, context_.date.at(std::chrono::system_clock::now()));
  body_rest_ = body_ != nullptr ? std::string_view(*body_) : std::string_view();
}

bool Outbox::write_piece() {
  std::string_view rest = pending_;
  const bool all = try_write(rest);
  if (broken_)
    return true;
  if (rest.empty())
    empty_buffer(pending_);
  else
    pending_.erase(0, pending_.size() - rest.size());
  if (!all || (!try_write(body_rest_) && !broken_))
    return false;
  body_.reset();
  return true;
}

bool Outbox::try_write(std::string_view& rest) {
  if (rest.empty())
    return true;
  if (turn_left_ == 0)
    return false;
  const IoResult result = transport_.try_write(rest.substr(0, turn_left_));
  if (result.status != IoStatus::done) {
    break_off();
    return false;
  }
  count_sent(result.bytes);
  turn_left_ -= result.bytes;
  rest.remove_prefix(result.bytes);
  return rest.empty();
}

Task<void> Outbox::drain() {
  clock_.restart(Phase::writing, Clock::now());
  while (!broken_ && !(pending_.empty() && body_rest_.empty())) {
    std::swap(leaving_, pending_);
    leaving_rest_ = leaving_;
    const auto body = body_;  // which must not go meanwhile
    co_await write(leaving_rest_);
    co_await write(body_rest_);
    empty_buffer(leaving_);
    if (!broken_)
      gather();
  }
  clock_.restart(Phase::held, Clock::now());
  draining_ = false;
}

Task<void> Outbox::write(std::string_view& rest) {
  while (!broken_ && !rest.empty()) {
    const IoResult result = co_await transport_.write_some(rest.substr(0, turn_bytes));
    if (result.status != IoStatus::done)
      break_off();
    count_sent(result.bytes);
    clock_.moved(result.bytes);
    if (!broken_)
      rest.remove_prefix(result.bytes);
  }
}

void Outbox::break_off() {
  broken_ = true;
  queue_ = AnswerQueue();
  pending_.clear();
  body_rest_ = {};
  leaving_rest_ = {};
}

void Outbox::count_sent(std::size_t bytes) {
  if (bytes > 0)
    Counters::add(context_.counters.bytes_sent, bytes);
}

}  // namespace gatehouse::http
