// The right to answer one request, once. It may be used on any thread and at any later time; dropping it unused lets the
// client have a 500, and using it after the client hung up is harmless, so no handler ever needs to know.
#pragma once
#include <cstdint>
#include <memory>

#include "http/message.hpp"

namespace gatehouse::http {

struct AnswerTicket {
  std::uint64_t connection = 0;
  std::uint64_t sequence = 0;  // of the request on its connection
};

// Where answers go: an I/O thread's mailbox, or whatever a test puts in its place. Any thread may call.
class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  virtual void deliver(AnswerTicket ticket, Response response) = 0;
  virtual void abandon(AnswerTicket ticket) = 0;
  virtual void nudge(AnswerTicket ticket) = 0;  // the answer's body has grown
};

class Respond {
 public:
  Respond(std::shared_ptr<AnswerSink> sink, AnswerTicket ticket) : sink_(std::move(sink)), ticket_(ticket) {}
  Respond(Respond&& other) noexcept = default;
  Respond& operator=(Respond&& other) noexcept;
  ~Respond();

  // At most once: a second call is a bug and ends the process.
  void operator()(Response response);

  explicit operator bool() const { return sink_ != nullptr; }  // still to be used

 private:
  std::shared_ptr<AnswerSink> sink_;
  AnswerTicket ticket_;
};

}  // namespace gatehouse::http
