// One rule function for each command: what it means, on this state, or why it is refused. decide() calls them after it has checked who asks
// and If-Match (domain/authority.hpp); everything else is theirs.
#pragma once
#include "domain/decide.hpp"

namespace gatehouse {

#define GATEHOUSE_RULE(Type) [[nodiscard]] Decided decide_one(const State& state, const DecisionContext& context, const Type& command);
GATEHOUSE_COMMANDS(GATEHOUSE_RULE)
#undef GATEHOUSE_RULE

}  // namespace gatehouse
