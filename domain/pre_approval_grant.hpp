// Makes the PreApprovalGranted event, for every command that grants: its terms, and exactly how many requests it approves and suspensions it lifts.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "domain/decide.hpp"

namespace gatehouse {

struct GrantTerms {
  Audience audience{};
  std::vector<AllowListEntry> entries;     // new ones
  std::optional<bool> includes_development;  // default: as it is while pre-approval is on, else whether the app is not public (D24)
  std::string reason;
  DecisionRoute via{};
  std::set<RequestId> approved_by_name;    // by earlier events of the same command
};

// 422 audience_too_large.
[[nodiscard]] tl::expected<PreApprovalGranted, Rejection> make_grant(const State& state, const DecisionContext& context,
                                                                     const AppId& app_id, const AppRow& app,
                                                                     GrantTerms terms);

// Whether the grant would change anything.
[[nodiscard]] bool changes_anything(const GovernedAppRow& governed, const PreApprovalGranted& grant);

// The app's required scopes, then its optional ones.
[[nodiscard]] std::vector<std::string> approvable_scopes(const AppRow& app);
[[nodiscard]] bool default_includes_development(const GovernedAppRow& governed, const AppRow& app);
[[nodiscard]] Rejection audience_too_large();

}  // namespace gatehouse
