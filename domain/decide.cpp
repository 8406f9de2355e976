#include "domain/decide.hpp"

#include "domain/authority.hpp"
#include "domain/rules.hpp"
#include "domain/target_version.hpp"

namespace gatehouse {

Decided decide(const State& state, const DecisionContext& context, const Command& command) {
  if (auto refusal = refuse_unless_allowed(state, context, command)) return tl::unexpected(std::move(*refusal));
  if (auto refusal = refuse_if_stale(state, context, command)) return tl::unexpected(std::move(*refusal));
  return std::visit([&](const auto& one) { return decide_one(state, context, one); }, command);
}

}  // namespace gatehouse
