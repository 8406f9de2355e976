#include "api/authzen/candidates.hpp"

#include <algorithm>

#include "domain/allow_list.hpp"
#include "domain/privileges.hpp"
#include "domain/row_writer.hpp"
#include "domain/scope_needs.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"

namespace gatehouse::api::authzen {

namespace {

using Prefixes = std::vector<std::string>;

constexpr std::size_t groups_max = 64;  // on a list; with more, looking at every member is no dearer

Prefixes all_members(const State& state) { return {state_keys::members(state.account_id())}; }

// Holders of the roles that `fits`; the built-in role `member` has no privileges and keeps no holders.
template <class Fits>
Prefixes holders_of(const State& state, const Fits& fits) {
  const auto& account = state.account_id();
  std::vector<RoleId> roles{owner_role, admin_role};
  const auto prefix = state_keys::roles(account);
  state.rows().scan(prefix, [&](std::string_view key, std::string_view) {
    roles.emplace_back(key.substr(prefix.size(), key.size() - prefix.size() - 1));
    return true;
  });
  Prefixes prefixes;
  for (const auto& role : roles) {
    if (fits(role))
      prefixes.push_back(state_keys::role_holders(account, role));
  }
  return prefixes;
}

Prefixes holders_of_privilege(const State& state, std::string_view privilege) {
  return holders_of(state, [&](const RoleId& role) { return role_grants(state, role, privilege); });
}

// Whoever stands on the list, by himself or in a group.
Prefixes listed(const State& state, const AppId& app) {
  const auto& account = state.account_id();
  const auto list = state_keys::allow_list(account, app);
  Prefixes prefixes{list + state_keys::entry_of_user(UserId{})};
  const auto groups = list + state_keys::entry_of_group(GroupId{});
  state.rows().scan(groups, [&](std::string_view key, std::string_view) {
    const auto entry = key.substr(list.size(), key.size() - list.size() - 1);
    const GroupId group_id{key.substr(groups.size(), key.size() - groups.size() - 1)};
    const auto group = state.group(group_id);
    if (group && entry_in_force(state, app, entry))
      prefixes.push_back(state_keys::group_members(account, group_id, group->created_version));
    return prefixes.size() <= groups_max;
  });
  return prefixes.size() <= groups_max ? prefixes : all_members(state);
}

bool needs_privileges(const State& state, const AppRow& app) {
  return std::ranges::any_of(app.facts.required_scopes,
                             [&](const auto& scope) { return !privilege_needed(state, scope).empty(); });
}

Prefixes holders_of_scopes(const State& state, const AppRow& app) {
  return holders_of(state, [&](const RoleId& role) {
    MemberRow member;
    member.role_id = role;
    return missing_scopes(state, app, member).empty();
  });
}

bool closed_to_all(const AppRow& app, const GovernedAppRow& governed, Credentials credentials) {
  const bool exists = credentials == Credentials::production ? app.facts.has_production : app.facts.has_development;
  return !app.activated || app.withdrawn || !exists || governed.restricted;
}

// An app that was added for everyone: only those with a row of their own may be without it.
bool everyone_has(const State& state, const AppRow& app, const GovernedAppRow& governed) {
  const auto account = state.account();
  return app.facts.level == ManagementLevel::user && account && !governed.everyone_grants.empty();
}

Prefixes installers(const State& state, const AppId& app_id, const AppRow& app, const GovernedAppRow& governed,
                    Credentials credentials) {
  const auto account = state.account();
  if (closed_to_all(app, governed, credentials) || !account)
    return {};
  const bool account_level = app.facts.level == ManagementLevel::account;
  const bool covered =
      governed.pre_approval_on && (credentials == Credentials::production || governed.includes_development);
  if (approval_required(*account, app, state.account_id(), credentials) && !covered)
    return {};
  if (account_level) {
    const auto installed = effective_account_subscription(state, app_id);
    if (installed && installed->live)
      return {};
  }
  if (account_level || account->user_installs_blocked)
    return holders_of_privilege(state, marketplace_edit);
  if (governed.pre_approval_on && governed.audience == Audience::selected)
    return listed(state, app_id);
  if (needs_privileges(state, app))
    return holders_of_scopes(state, app);
  if (everyone_has(state, app, governed))
    return {state_keys::user_subscriptions_of_app(state.account_id(), app_id)};
  return all_members(state);
}

Prefixes owners(const State& state, const AppId& app_id, const AppRow& app, const GovernedAppRow& governed) {
  if (everyone_has(state, app, governed))
    return all_members(state);
  return {state_keys::user_subscriptions_of_app(state.account_id(), app_id)};
}

}  // namespace

Prefixes candidate_subjects(const State& state, ActionKind action, const AppId& app_id, Credentials credentials) {
  if (const auto privilege = privilege_for(action); !privilege.empty())
    return holders_of_privilege(state, privilege);
  const auto app = state.app(app_id);
  if (!app)
    return {};
  const auto governed = state.governed_app(app_id);
  const bool account_level = app->facts.level == ManagementLevel::account;
  switch (action) {
  case ActionKind::install:
    return installers(state, app_id, *app, governed, credentials);
  case ActionKind::uninstall:
    return owners(state, app_id, *app, governed);
  case ActionKind::request_pre_approval:
    return account_level || closed_to_all(*app, governed, credentials) ? Prefixes() : all_members(state);
  case ActionKind::request_install:
    return !account_level || closed_to_all(*app, governed, credentials) ? Prefixes() : all_members(state);
  case ActionKind::pre_approve:
  case ActionKind::reject_request:
  case ActionKind::view_requests:
  case ActionKind::change_permissions:
    break;
  }
  return {};
}

CandidateWalk::CandidateWalk(const TableReader& rows, const Prefixes& prefixes, const std::string& after) {
  cursors_.reserve(prefixes.size());
  for (const auto& prefix : prefixes)
    cursors_.emplace_back(rows, prefix, after.empty() ? after : after + '\0');
}

std::optional<std::string> CandidateWalk::next() {
  std::optional<std::string> least;
  for (const auto& cursor : cursors_) {
    if (!cursor.done() && (!least || cursor.suffix() < *least))
      least = cursor.suffix();
  }
  if (!least)
    return std::nullopt;
  for (auto& cursor : cursors_) {
    if (!cursor.done() && cursor.suffix() == *least)
      cursor.next();
  }
  least->pop_back();  // what ends the id in the key
  return least;
}

}  // namespace gatehouse::api::authzen
