#include "http/session.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>

#include "http/body_stream.hpp"

namespace gatehouse::http {

namespace {

bool has_safe_method(const Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

}  // namespace

Session::Session(ThreadContext& context, Executor executor, std::uint64_t id, Peer peer,
                 std::unique_ptr<Transport> transport)
    : context_(context), executor_(executor), id_(id), peer_(std::move(peer)), transport_(std::move(transport)),
      reader_(context.options.limits, context.bodies), outbox_(context, *transport_),
      clock_(Phase::handshake, Clock::now()), change_(executor, Clock::time_point::max()) {}

Task<void> Session::run() {
  if (!co_await transport_->open()) {
    Counters::add(context_.counters.handshakes_failed);
    co_return;
  }
  while (input_open_) {
    const Next next = take_requests();
    // In line: a client that does not take its answers is not asked for more requests meanwhile.
    if (outbox_.send())
      co_await outbox_.drain();
    settle();
    switch (over() ? Next::end : next) {
    case Next::take:
      break;
    case Next::read:
      co_await receive();
      break;
    case Next::make_room:
      co_await make_room();
      break;
    case Next::permit_body:
      co_await permit_body();
      break;
    case Next::end:
      input_open_ = false;
      co_await watch_the_end();
      break;
    }
  }
  co_await finish();
}

// Answers that are given meanwhile wait for the end, so that those of a pipelined burst leave in one write.
Session::Next Session::take_requests() {
  dispatching_ = true;
  Next next = Next::take;
  while (next == Next::take && !over()) {
    if (full())
      next = Next::make_room;
    else if (auto held = std::exchange(held_, std::nullopt))
      next = take(std::move(*held));
    else
      next = std::visit([this](auto step) { return take(std::move(step)); }, reader_.next());
  }
  dispatching_ = false;
  return next;
}

Session::Next Session::take(const RequestReader::AnnouncesLargeBody& announced) {
  auto refused = context_.options.refuse_large_body(announced.head, context_.request_ids.next());
  if (!refused)
    return Next::take;
  auto shape = announced.shape;
  shape.keep_alive = false;
  outbox_.answer(outbox_.open(shape), *std::move(refused));
  return Next::end;
}

// RFC 9112, 9.3.2: only what has safe methods may be worked on side by side.
Session::Next Session::take(RequestReader::Parsed parsed) {
  const bool is_safe = has_safe_method(parsed.request);
  if (outbox_.in_flight() > 0 && !(is_safe && newest_is_safe_)) {
    held_ = std::move(parsed);
    return Next::make_room;
  }
  newest_is_safe_ = is_safe;
  const auto now = Clock::now();
  clock_.restart(Phase::held, now);
  parsed.request.received_at = now;
  if (context_.stopping && reader_.buffered_bytes() == 0)
    parsed.shape.keep_alive = false;
  const std::uint64_t sequence = outbox_.open(parsed.shape);
  hand_over(std::move(parsed.request), sequence);
  return parsed.shape.keep_alive ? Next::take : Next::end;
}

void Session::hand_over(Request request, std::uint64_t sequence) {
  request.peer_address = peer_.address;
  request.secure = peer_.secure;
  request.hung_up = hung_up_;
  request.request_id = context_.request_ids.next();
  Counters::add(context_.counters.requests);
  try {
    context_.handler(std::move(request), Respond(context_.sink, {.connection = id_, .sequence = sequence}));
  } catch (const std::exception& error) {
    context_.options.report(std::string("a handler threw: ") + error.what());
  }
}

Session::Next Session::take(RequestReader::Refused refused) {
  Counters::add(context_.counters.refusals[static_cast<std::size_t>(refused.refusal.kind)]);
  refused.shape.keep_alive = false;
  const std::uint64_t sequence = outbox_.open(refused.shape);
  outbox_.answer(sequence,
                 context_.options.refusal_response(refused.refusal, refused.head, context_.request_ids.next()));
  return Next::end;
}

void Session::answer(std::uint64_t sequence, std::optional<Response> response) {
  if (!response) {
    Counters::add(context_.counters.answers_missing);
    response =
        context_.options.refusal_response({RefusalKind::internal_error, "The request was not answered."}, {}, {});
  }
  if (const auto* stream = std::get_if<std::shared_ptr<BodyReader>>(&response->body)) {
    (*stream)->on_ready([sink = context_.sink, ticket = AnswerTicket{.connection = id_, .sequence = sequence}] {
      sink->nudge(ticket);
    });
  }
  outbox_.answer(sequence, *std::move(response));
}

void Session::flush() {
  if (dispatching_)
    return;
  if (outbox_.send()) {
    // Owns the session, which may end meanwhile.
    auto drain = [](std::shared_ptr<Session> self) -> Task<void> {
      co_await self->outbox_.drain();
      self->flush();
    };
    boost::asio::co_spawn(executor_, drain(shared_from_this()), rethrow);
  }
  settle();
}

void Session::settle() {
  if (outbox_.broken())
    close();
  // While a body goes on, the end of the input is what tells that its reader has gone.
  if (outbox_.closed() && !outbox_.streaming() && receiving_)
    transport_->stop_reading();
  if (outbox_.finished() && receiving_ && clock_.phase() == Phase::held)
    clock_.restart(Phase::idle, Clock::now());
  change_.cancel();
}

Task<void> Session::receive() {
  if (context_.stopping && reader_.awaits() == RequestReader::Awaits::request)
    transport_->stop_reading();
  watch_input();
  receiving_ = true;
  const IoResult result = co_await transport_->read_some(reader_.prepare());
  receiving_ = false;
  if (result.status == IoStatus::done) {
    reader_.commit(result.bytes);
    clock_.moved(result.bytes);
    Counters::add(context_.counters.bytes_received, result.bytes);
  } else {
    *hung_up_ = true;
    const bool was_open = std::exchange(input_open_, false);
    if (result.status != IoStatus::ended)
      outbox_.break_off();
    else if (was_open)
      end_of_input();
  }
}

// No further request is taken, but a client that goes while it is being answered should be missed.
Task<void> Session::watch_the_end() {
  if (!outbox_.finished() && reader_.buffered_bytes() == 0)
    co_await receive();
}

void Session::end_of_input() {
  if (over()) {
    // What came behind the last request is nobody's.
  } else if (reader_.awaits() == RequestReader::Awaits::request) {
    outbox_.close_after_last();
  } else if (too_slow_) {
    take(RequestReader::Refused{{RefusalKind::request_timeout, "The request did not arrive in time."}, {}});
  } else {
    take(RequestReader::Refused{{RefusalKind::malformed_request, "The request ended before it was whole."}, {}});
  }
  flush();
}

void Session::watch_input() {
  const auto now = Clock::now();
  switch (reader_.awaits()) {
  case RequestReader::Awaits::request:
    clock_.enter(outbox_.finished() ? Phase::idle : Phase::held, now);
    break;
  case RequestReader::Awaits::header:
    clock_.enter(Phase::header, now);
    break;
  case RequestReader::Awaits::body:
    clock_.enter(Phase::body, now);
    break;
  }
}

bool Session::over() const { return outbox_.closed() || outbox_.broken(); }

bool Session::full() const {
  const Limits& limits = context_.options.limits;
  return outbox_.in_flight() >= limits.pipelined_requests || outbox_.unsent_bytes() > limits.unsent_bytes;
}

Task<void> Session::make_room() {
  clock_.restart(Phase::held, Clock::now());
  while ((full() || (held_ && outbox_.in_flight() > 0)) && !over())
    co_await changed();
}

// The interim answer must not overtake the answers to earlier requests.
Task<void> Session::permit_body() {
  clock_.restart(Phase::held, Clock::now());
  while (!outbox_.finished())
    co_await changed();
  if (!over())
    outbox_.say_continue();
}

Task<void> Session::finish() {
  clock_.restart(Phase::held, Clock::now());
  flush();  // a body that goes on may have grown while its head was being written
  while (!outbox_.finished())
    co_await changed();
  if (!outbox_.broken()) {
    clock_.restart(Phase::linger, Clock::now());
    co_await transport_->finish();
  }
  close();
}

Task<void> Session::changed() {
  change_.expires_at(Clock::time_point::max());
  co_await change_.async_wait(as_result);
}

void Session::sweep(Clock::time_point now) {
  const bool reading_late = clock_.expired(now, context_.options.deadlines);
  const bool writing_late = outbox_.expired(now);
  if (!reading_late && !writing_late)
    return;
  const Phase phase = clock_.phase();
  if (writing_late || phase == Phase::handshake || phase == Phase::header || phase == Phase::body) {
    Counters::add(context_.counters.deadlines_missed);
  }
  if (!writing_late && (phase == Phase::idle || phase == Phase::header || phase == Phase::body)) {
    too_slow_ = phase != Phase::idle;
    clock_.restart(Phase::held, now);
    transport_->stop_reading();
  } else {
    close();
  }
}

void Session::begin_stop() {
  outbox_.end_stream();
  change_.cancel();
  if (peer_.secure && clock_.phase() == Phase::handshake) {
    close();
  } else if (receiving_ && reader_.awaits() == RequestReader::Awaits::request) {
    transport_->stop_reading();
  }
}

void Session::close() {
  outbox_.break_off();
  transport_->close();
  change_.cancel();
}

}  // namespace gatehouse::http
