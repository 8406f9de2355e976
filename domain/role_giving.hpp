// Who may give whom which role. An account has exactly one owner: the role owner moves, by the owner or the directory service, and the one who had
// it becomes admin. Nobody but these two gives more than he holds himself (by a role, or by what he writes into a role), or Role:Edit would
// be every privilege; and User:Edit alone gives the role member only.
#pragma once
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "domain/decide.hpp"

namespace gatehouse {

// For a new member's role: it exists, is not owner, and the caller may give it.
[[nodiscard]] std::optional<Rejection> refuse_new_role(const State& state, const DecisionContext& context, const RoleId& role);

// For the privileges that a role would grant beyond what it granted before.
[[nodiscard]] std::optional<Rejection> refuse_giving(const State& state, const DecisionContext& context,
                                                     const std::vector<std::string>& privileges);

// The events that give a member, who is not removed, another role. None when the member has it already.
[[nodiscard]] tl::expected<std::vector<Event>, Rejection> give_role(const State& state, const DecisionContext& context, const UserId& user,
                                                                    const MemberRow& member, const RoleId& role);

}  // namespace gatehouse
