// One connection from its first byte to its last: reads requests, hands them to the handler, sends what comes back. It ends
// when its run() does; answers that come later find nobody. Lives on one I/O thread, owned by it.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/admission.hpp"
#include "http/outbox.hpp"
#include "http/phase_clock.hpp"
#include "http/request_reader.hpp"
#include "http/thread_context.hpp"
#include "http/transport.hpp"

namespace gatehouse::http {

struct Peer {
  std::string address;
  bool secure = false;
  Admission::Place place;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(ThreadContext& context, Executor executor, std::uint64_t id, Peer peer, std::unique_ptr<Transport> transport);

  Task<void> run();

  void answer(std::uint64_t sequence, std::optional<Response> response);  // empty: the handler gave none
  void flush();
  void sweep(Clock::time_point now);  // cuts what takes too long
  void begin_stop();                  // what has arrived is answered, then the connection ends
  void close();

 private:
  enum class Next : std::uint8_t { take, read, make_room, permit_body, end };

  Next take_requests();
  Next take(RequestReader::NeedMore) { return Next::read; }
  Next take(RequestReader::WantsContinue) { return Next::permit_body; }
  Next take(const RequestReader::AnnouncesLargeBody& announced);
  Next take(RequestReader::Parsed parsed);
  Next take(RequestReader::Refused refused);
  void hand_over(Request request, std::uint64_t sequence);

  Task<void> receive();
  Task<void> watch_the_end();
  Task<void> make_room();
  Task<void> permit_body();
  Task<void> finish();
  Task<void> changed();

  void settle();  // after anything was sent: what follows from it for the other side
  void end_of_input();
  void watch_input();
  bool full() const;
  bool over() const;  // no further answer can be sent

  ThreadContext& context_;
  const Executor executor_;
  const std::uint64_t id_;
  const Peer peer_;
  const std::unique_ptr<Transport> transport_;
  RequestReader reader_;
  std::optional<RequestReader::Parsed> held_;  // until those before it are answered
  bool newest_is_safe_ = true;                 // of those that were handed over
  Outbox outbox_;
  PhaseClock clock_;
  const std::shared_ptr<std::atomic<bool>> hung_up_ = std::make_shared<std::atomic<bool>>(false);
  Timer change_;  // never expires: cancelled to wake whoever waits in changed()
  bool input_open_ = true;
  bool receiving_ = false;
  bool dispatching_ = false;
  bool too_slow_ = false;
};

}  // namespace gatehouse::http
