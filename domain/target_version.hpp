// If-Match and If-None-Match: what a command is about, and whether it is as the caller takes it to be. decide() checks it before it calls the command's
// rule.
#pragma once
#include <cstdint>
#include <optional>

#include "domain/decide.hpp"

namespace gatehouse {

// The version of the one resource the command is about; nothing when it is about several, or about one that does not exist yet.
// Permissions, notification settings, a member, a role (its definition), a group, an app as the account governs it, an app of the catalogue, a
// request that is named alone.
[[nodiscard]] std::optional<std::uint64_t> target_version(const State& state, const Command& command);

// Whether the command makes something whose id it gives: an account, an app, a member, a role, a group. Others cannot be asked whether that is new.
[[nodiscard]] bool makes_what_it_names(const Command& command);

// 412 stale_version unless If-Match was not sent, or names the version of the command's resource or of the account; and where that must be new, if it is
// there. A member or a group that was removed is not.
[[nodiscard]] std::optional<Rejection> refuse_if_stale(const State& state, const DecisionContext& context,
                                                       const Command& command);

}  // namespace gatehouse
