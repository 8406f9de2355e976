// What a scope asks of a member (D15): user-level scopes are held by every active member, admin scopes need a role privilege, master scopes
// the owner. DefineScopes (a row) goes before the built-in catalogue, and that before what the name itself implies (D31).
#pragma once
#include <string>
#include <string_view>

#include "domain/state.hpp"

namespace gatehouse {

struct ScopeNeeds {
  std::string description;
  std::string privilege;  // "" every member, "owner", or the privileges needed, joined by '+', for example "User:Edit+Group:Edit"
};

[[nodiscard]] ScopeNeeds scope_needs(const State& state, std::string_view scope);

// Of that the privilege alone.
[[nodiscard]] std::string privilege_needed(const State& state, std::string_view scope);

// Whether the member's role meets the privilege text of ScopeNeeds.
[[nodiscard]] bool meets(const State& state, const MemberRow& member, std::string_view privilege);

}  // namespace gatehouse
