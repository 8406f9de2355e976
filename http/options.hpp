// How a server is set up, and what it calls for each request.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/limits.hpp"
#include "http/message.hpp"
#include "http/refusal.hpp"
#include "http/respond.hpp"

namespace gatehouse::http {

// Called on an I/O thread, so it must not wait: what takes time answers later, from wherever it ran. Several threads
// call at once. An exception that escapes becomes a 500.
using Handler = std::function<void(Request, Respond)>;

struct TlsFiles {
  std::string certificate_chain;  // PEM, the server's own certificate first
  std::string private_key;        // PEM
};

struct Options {
  std::string address = "127.0.0.1";  // a literal, IPv4 or IPv6
  std::uint16_t port = 0;             // 0: the system chooses
  unsigned threads = 1;
  std::optional<TlsFiles> tls{};
  Limits limits{};
  Deadlines deadlines{};
  RefusalResponse refusal_response = problem_response;
  // The answer to a request whose large body (Limits::small_body_bytes) is not worth reading, by its head alone; the connection is closed after it. Nothing: it is read. Any I/O thread,
  // so it must not wait.
  std::function<std::optional<Response>(const Request& head, std::string_view request_id)> refuse_large_body =
      [](const Request&, std::string_view) { return std::nullopt; };
  // Incidents that an operator should read, one sentence each, without client text. Any I/O thread.
  std::function<void(std::string_view)> report = [](std::string_view) {};
};

}  // namespace gatehouse::http
