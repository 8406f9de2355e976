// One request on its way to its answer. Whoever holds it last answers it, on any thread, once; the answer is then counted,
// logged and given the headers that every answer has.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/access.hpp"
#include "api/parameters.hpp"
#include "api/problem.hpp"
#include "http/message.hpp"
#include "http/respond.hpp"
#include "tracing/span.hpp"

namespace gatehouse::api {

struct Route;
enum class Dialect : std::uint8_t;
class Metrics;
class StructuredLog;

// What an exchange needs for its end. Metrics and log may be missing.
struct Observation {
  Metrics* metrics{};
  const StructuredLog* log{};
  bool log_all{};                    // a line for each request; otherwise for those alone that failed or were slow
  std::chrono::milliseconds slow{};  // from which duration on a request is; 0: none is
  ProblemSetting problems;
};

// What was found out about a request before its endpoint runs.
struct Entry {
  const Route* route{};
  PathValues path;
  Parameters::Pairs parameters;         // as sent
  ClaimsPointer claims;                 // of an authenticated caller
  std::optional<AccountScope> account;  // for paths of an account, and the platform's door
  bool stream = false;                  // the list is to be followed
};

class Exchange {
 public:
  Exchange(http::Request request, http::Respond respond, const Observation& observation);

  [[nodiscard]] const http::Request& request() const { return request_; }
  // The client's X-Request-Id where it sent one of at most 1,024 printable ASCII characters, the server's otherwise.
  [[nodiscard]] const std::string& request_id() const { return request_id_; }
  // Of the client's traceparent where it sent a valid one, or of a trace that begins here.
  [[nodiscard]] const tracing::Span& span() const { return span_; }
  [[nodiscard]] const Entry& entry() const { return entry_; }
  [[nodiscard]] Entry& entry() { return entry_; }
  [[nodiscard]] const Observation& observation() const { return *observation_; }

  void answer(http::Response response);
  void refuse(Problem problem);

 private:
  [[nodiscard]] Dialect dialect() const;
  [[nodiscard]] http::Response refusal_of(Problem problem) const;
  void record(unsigned status, std::string_view code, bool is_clients_own, std::size_t bytes) const;
  void send(http::Response response);

  http::Request request_;
  http::Respond respond_;
  const Observation* observation_;
  std::string request_id_;
  tracing::Span span_;
  Entry entry_;
};

using ExchangePointer = std::shared_ptr<Exchange>;

}  // namespace gatehouse::api
