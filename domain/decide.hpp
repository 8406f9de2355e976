// decide(state, context, command): the rules, as a pure function. It answers the events that the command means, or why it is refused, and changes
// nothing; evolve() applies events to the state. A command that would change nothing answers no events.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "domain/commands.hpp"
#include "domain/rejection.hpp"
#include "domain/state.hpp"
#include "events/envelope.hpp"
#include "events/event.hpp"

namespace gatehouse {

// Who asks, as authenticated. A user's powers come from the directory at that moment, a service's from its scopes.
struct Caller {
  ActorType type{};
  std::string id;    // user id or service name
  bool platform{};   // scope platform
  bool directory{};  // scope directory
  [[nodiscard]] UserId user_id() const { return UserId{type == ActorType::user ? id : std::string()}; }
};

// Makes the ids a decision needs, and the salts of the frames. Deterministic from a seed in tests.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual Uuid next(Timestamp now) = 0;
  virtual std::array<std::uint8_t, 16> salt() = 0;
};

// Issues and checks confirmation tokens (D21): a MAC over actor, command, target and the version of what it hits.
class ConfirmationTokens {
 public:
  enum class Check { valid, stale };
  struct Scope {
    std::string actor;
    std::string account;
    std::string command;
    std::string target;
    std::uint64_t version{};
  };
  virtual ~ConfirmationTokens() = default;
  [[nodiscard]] virtual std::string issue(const Scope& scope, Timestamp now, Timestamp expires_at) const = 0;
  [[nodiscard]] virtual Check check(const Scope& scope, Timestamp now, const std::string& token) const = 0;
};

struct DecisionContext {
  Caller caller;
  Timestamp now;
  IdSource* ids{};
  const ConfirmationTokens* confirmations{};
  std::vector<std::uint64_t>
      if_match;  // the versions sent in If-Match, of which one must be the present one; empty: not sent
  std::uint64_t account_version{};  // of the account (or the catalogue) now
  bool must_be_new{};               // If-None-Match: *, for a command that makes what it names
};

struct EventFor {
  AccountId stream;
  Event event;
};

using ResultValue = std::variant<std::string, std::uint64_t, bool, std::vector<std::string>>;
using CommandResult = std::vector<std::pair<std::string, ResultValue>>;

struct Decision {
  std::vector<EventFor> events;
  CommandResult result;  // what the command made, for example {"request_id", ...}
};

using Decided = tl::expected<Decision, Rejection>;

// For commands through the account's door, `state` is the account's. Checks who may (403), If-Match and If-None-Match (412) and the rules.
[[nodiscard]] Decided decide(const State& state, const DecisionContext& context, const Command& command);

// Applies one event to the state rows. Total: any event that decide() made, in any order of accounts, from any log.
struct EventContext {
  AccountId stream;
  std::uint64_t account_version{};
  Timestamp recorded_at;
  Actor actor;
  Uuid event_id;
};
void evolve(Table& rows, const EventContext& context, const Event& event);

}  // namespace gatehouse
