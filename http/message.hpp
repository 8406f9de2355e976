// What a handler is given and what it gives back: plain values that know nothing of sockets.
// A body is a closed set of alternatives; a producer that is pulled while the socket has room is where streamed answers
// will join it.
#pragma once
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
  std::string body;          // whole: a shorter one never gets here
  std::string peer_address;  // without the port
  bool secure = false;       // came over TLS
  std::string request_id;    // made by the server, unique across its restarts
  std::chrono::steady_clock::time_point received_at;

  std::string_view path() const;
  std::string_view query() const;  // without the '?', empty if there is none
};

struct ResponseHeader {
  std::string name;
  std::string value;
};

// The second alternative is for text that many answers share.
using Body = std::variant<std::string, std::shared_ptr<const std::string>>;

// The transport adds Date, Content-Length and Connection, and answers HEAD without the body: `headers` holds none of these.
struct Response {
  unsigned status = 200;
  std::string content_type{};  // empty: none is sent
  std::vector<ResponseHeader> headers{};
  Body body{};
  bool close = false;  // close the connection after this answer
};

std::string_view body_text(const Body& body);

}  // namespace gatehouse::http
