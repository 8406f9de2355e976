#include "domain/scope_needs.hpp"

#include "catalogue/scope_catalogue.hpp"
#include "domain/privileges.hpp"

namespace gatehouse {

namespace {

std::string implied_privilege(std::string_view scope) {
  if (const auto* entry = catalogue::ScopeCatalogue::builtin().find(scope))
    return std::string(entry->privilege);
  return catalogue::level_of(scope) == catalogue::ScopeLevel::user ? std::string() : catalogue::describe(scope).privilege;
}

}  // namespace

std::string privilege_needed(const State& state, std::string_view scope) {
  auto defined = state.scope(scope);
  return defined && !defined->privilege.empty() ? std::move(defined->privilege) : implied_privilege(scope);
}

ScopeNeeds scope_needs(const State& state, std::string_view scope) {
  ScopeNeeds needs;
  if (const auto* entry = catalogue::ScopeCatalogue::builtin().find(scope)) {
    needs = {std::string(entry->description), std::string(entry->privilege)};
  } else {
    auto described = catalogue::describe(scope);
    needs = {std::move(described.description), std::move(described.privilege)};
  }
  if (auto defined = state.scope(scope)) {
    if (!defined->description.empty()) needs.description = std::move(defined->description);
    if (!defined->privilege.empty()) needs.privilege = std::move(defined->privilege);
  }
  return needs;
}

bool meets(const State& state, const MemberRow& member, std::string_view privilege) {
  if (privilege.empty() || member.role_id == owner_role) return true;
  if (privilege == "owner") return false;
  for (std::size_t start = 0; start < privilege.size();) {
    const auto end = std::min(privilege.find('+', start), privilege.size());
    if (!role_grants(state, member.role_id, privilege.substr(start, end - start))) return false;
    start = end + 1;
  }
  return true;
}

}  // namespace gatehouse
