// Turns received bytes into requests without touching a socket: the gate first, then Beast's parser, and a request passes
// only if both read it alike. One per connection, on its thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <variant>

#include "http/body_budget.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"
#include "http/refusal.hpp"
#include "http/response_writer.hpp"

namespace gatehouse::http {

class RequestReader {
 public:
  struct NeedMore {};
  struct WantsContinue {};  // the client waits for 100 Continue before it sends the body; said once for each request
  // Its head; said once, and next() goes on when it is to be read. No memory is set aside for it yet.
  struct AnnouncesLargeBody {
    Request head;
    AnswerShape shape;
  };
  struct Parsed {
    Request request;  // method, target, headers and body; the rest is the connection's to know
    AnswerShape shape;
  };
  struct Refused {  // nothing that follows on this connection can be read
    Refusal refusal;
    AnswerShape shape;
    RefusedHead head{};
  };
  using Step = std::variant<NeedMore, WantsContinue, AnnouncesLargeBody, Parsed, Refused>;

  enum class Awaits : std::uint8_t { request, header, body };  // nothing of it yet, the rest of it, its body

  RequestReader(const Limits& limits, const BodyBudget& bodies);
  ~RequestReader();

  // Where to receive the next bytes; commit() says how many there were and invalidates the span.
  std::span<char> prepare();
  void commit(std::size_t bytes);

  Step next();

  Awaits awaits() const;
  std::size_t buffered_bytes() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace gatehouse::http
