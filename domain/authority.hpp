// Who may give a command. decide() checks it before it calls the command's rule, against the directory at that moment (R5): no rule needs to
// repeat it. What depends on more than the caller (the gate, one's own request, one's own app) stays with the rule.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "domain/decide.hpp"

namespace gatehouse {

// A service with the scope needs nothing more; a user needs the scope or, where the column says so, the directory's word.
struct Requirement {
  enum class Kind : std::uint8_t {
    platform,  // scope platform, through the platform's door
    catalogue,  // scope platform; through an account's door also an active member with MarketPlace:Edit, for the account's own apps
    directory,  // scope directory, or an active member with `privilege`
    member,     // an active member, for himself
    privilege,  // an active member with `privilege`
    system      // the program itself
  };
  Kind kind{};
  std::string privilege;
};
[[nodiscard]] Requirement requirement_of(const Command& command);

// Nothing when the caller may. 404 account_not_found, 403 insufficient_scope, not_a_member or privilege_required.
[[nodiscard]] std::optional<Rejection> refuse_unless_allowed(const State& state, const DecisionContext& context,
                                                             const Command& command);
[[nodiscard]] std::optional<Rejection> refuse_unless_meets(const State& state, const DecisionContext& context,
                                                           const Requirement& requirement);

// E of the rules: an active member with MarketPlace:Edit.
[[nodiscard]] std::optional<Rejection> refuse_unless_edits(const State& state, const DecisionContext& context);

[[nodiscard]] Rejection privilege_required(std::string privilege);

}  // namespace gatehouse
