// The confirmation of destructive commands (D21): sent without a token they answer what they would hit and a token that is valid for ten minutes
// and bound to actor, command, target and the version of what it hits; sent with it they run, unless something changed in between.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/decide.hpp"

namespace gatehouse {

// `target` is the app and whatever else tells two such commands apart; `version` must change whenever the impact may have grown.
// Nothing when the command may run; otherwise 409 confirmation_required or confirmation_stale, with the impact and a fresh token.
[[nodiscard]] std::optional<Rejection> require_confirmation(const DecisionContext& context, const AccountId& account, std::string_view command,
                                                            std::string_view target, std::uint64_t version,
                                                            const std::optional<std::string>& confirmation, Impact impact);

}  // namespace gatehouse
