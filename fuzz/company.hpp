// The company that request bodies are tried on: one account with a few people, groups, requests and lists, and apps in every state that a
// command can ask for. The same each time, and so are the ids of its requests and webhook endpoints, which some of the seeds name.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "commands/command_service.hpp"
#include "store/memory_event_log.hpp"

namespace gatehouse::fuzz {

inline const AccountId acme{"acme"};
inline constexpr Timestamp today{1'700'000'000'000};

// Confirms by the word "yes".
class PlainConfirmation final : public ConfirmationTokens {
 public:
  [[nodiscard]] std::string issue(const Scope&, Timestamp, Timestamp) const override { return "yes"; }
  [[nodiscard]] Check check(const Scope&, Timestamp, const std::string& token) const override {
    return token == "yes" ? Check::valid : Check::stale;
  }
};

// Who may stand at a door.
struct Visitor {
  std::string_view name;
  AccountId door;
  Caller caller;
};
inline const std::array visitors{
    Visitor{"platform", catalogue_stream, {ActorType::service, "console", true, false}},
    Visitor{"owner", acme, {ActorType::user, "owner", false, false}},
    Visitor{"ann", acme, {ActorType::user, "ann", false, false}},
    Visitor{"directory", acme, {ActorType::service, "directory", false, true}},
};

// Appends the company's history to an empty log; a step that is refused ends the program.
void found_company(EventLog& log, SubjectKeys& keys);

}  // namespace gatehouse::fuzz
