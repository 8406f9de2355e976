// The refusals that many commands share, so that the same condition reads the same everywhere.
#pragma once
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "domain/decide.hpp"
#include "domain/gate.hpp"

namespace gatehouse {

[[nodiscard]] tl::unexpected<Rejection> refuse(RejectionCode code, std::string detail);

// Always the same words: whether another account has such an app is nobody's business.
[[nodiscard]] Rejection app_not_found();

// A refused installation: the first unmet condition gives the code, all of them are listed.
[[nodiscard]] Rejection refused_by_gate(GateAnswer answer);

// The app as this account may see it; a missing app and another account's private app give the same app_not_found.
[[nodiscard]] tl::expected<AppRow, Rejection> visible_app(const State& state, const AppId& app);

// Governance looks at an app that the account governs already even when it was unpublished since.
[[nodiscard]] tl::expected<AppRow, Rejection> governed_or_visible_app(const State& state, const AppId& app);

// For commands that members give for themselves: the caller is a user and an active member of the account.
[[nodiscard]] std::optional<Rejection> refuse_unless_member(const State& state, const DecisionContext& context);

}  // namespace gatehouse
