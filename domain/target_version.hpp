// If-Match: what a command is about, and whether it is still as the caller saw it. decide() checks it before it calls the command's rule.
#pragma once
#include <cstdint>
#include <optional>

#include "domain/decide.hpp"

namespace gatehouse {

// The version of the one resource the command is about; nothing when it is about several, or about one that does not exist yet.
// Permissions, notification settings, a member, a role (its definition), a group, an app as the account governs it, an app of the catalogue, a
// request that is named alone.
[[nodiscard]] std::optional<std::uint64_t> target_version(const State& state, const Command& command);

// 412 stale_version unless If-Match was not sent, or names the version of the command's resource or of the account.
[[nodiscard]] std::optional<Rejection> refuse_if_stale(const State& state, const DecisionContext& context, const Command& command);

}  // namespace gatehouse
