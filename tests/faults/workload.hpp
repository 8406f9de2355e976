// Work of a busy account against a server that something happens to, and the proof afterwards that nothing acknowledged was lost: every answer's
// events are in the history byte for byte, every event belongs to an answer, and a repetition of what was left unanswered takes effect once.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "tests/system/account_history.hpp"
#include "tests/system/marketplace.hpp"
#include "tests/system/random_commands.hpp"

namespace gatehouse::faults {

using system_test::Answer;
using system_test::ApiClient;
using system_test::Attempt;
using system_test::ServerProcess;
using system_test::Tokens;

struct Sent {
  Attempt attempt;
  Answer answer;  // status 0: none came
};

// The machine's code in a problem's body, or empty.
[[nodiscard]] std::string code_of(const Answer& answer);

class Workload {
 public:
  explicit Workload(std::uint64_t seed) : seed_(seed) {}

  // Makes the account; the server is well.
  void begin(const ServerProcess& server);

  // Some clients send until `done` or until they get no answer. Returns the new ones, which are kept for the proof as well.
  std::vector<Sent> run(const ServerProcess& server, std::size_t clients, const std::function<bool(const Sent&)>& done);
  // One command more, by a client of its own, that has something to write: a new member, whose key is new, too.
  Sent one(const ServerProcess& server);

  // On a server that is well: the empty text, or what is wrong.
  [[nodiscard]] std::string prove(const ServerProcess& server);
  // Of the stopped server's data.
  [[nodiscard]] static std::string verify(const ServerProcess& server);

  [[nodiscard]] const Tokens& tokens() const { return tokens_; }
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }

 private:
  [[nodiscard]] Answer send(ApiClient& client, const Attempt& attempt) const;
  [[nodiscard]] std::string settle(ApiClient& client, Sent& sent);

  std::uint64_t seed_;
  std::uint64_t runs_ = 0;
  Tokens tokens_;
  system_test::AccountHistory history_;
  std::vector<Sent> all_;  // not proven yet
  std::size_t acknowledged_ = 0;
};

}  // namespace gatehouse::faults
