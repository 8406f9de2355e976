// What a handler is given and what it gives back: plain values that know nothing of sockets.
// A body is a closed set of alternatives.
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/headers.hpp"

namespace gatehouse::http {

struct Request {
  std::string method;  // as sent: methods are case-sensitive
  std::string target;  // origin-form, still percent-encoded
  Headers headers;
  std::string body;                  // whole: a shorter one never gets here
  std::shared_ptr<void> body_share;  // what a large one takes of the memory for them (http/body_budget.hpp)
  std::string peer_address;          // without the port
  bool secure = false;               // came over TLS
  std::string request_id;            // made by the server, unique across its restarts
  std::chrono::steady_clock::time_point received_at;
  // True once the client sends no more. Nearly always it has gone then: who waits for long should answer with what there is. Null where
  // nobody can tell.
  std::shared_ptr<const std::atomic<bool>> hung_up;

  std::string_view path() const;
  std::string_view query() const;  // without the '?', empty if there is none
};

class BodyReader;

struct ResponseHeader {
  std::string name;
  std::string value;
};

// The second alternative is for text that many answers share, the third for what goes on (http/body_stream.hpp): such an answer is its
// connection's last one, and ends where the connection does.
using Body = std::variant<std::string, std::shared_ptr<const std::string>, std::shared_ptr<BodyReader>>;

// The transport adds Date, Content-Length and Connection, and answers HEAD without the body: `headers` holds none of these.
struct Response {
  unsigned status = 200;
  std::string content_type{};  // empty: none is sent
  std::vector<ResponseHeader> headers{};
  Body body{};
  bool close = false;  // close the connection after this answer
};

std::string_view body_text(const Body& body);  // empty for one that goes on

}  // namespace gatehouse::http
