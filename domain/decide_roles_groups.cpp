// Roles and groups of an account. Commands that name a thing which is not there yet make it; the same again changes nothing.
#include <algorithm>
#include <set>

#include "domain/limits.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/role_giving.hpp"
#include "domain/rules.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

std::optional<Rejection> refuse_builtin(const RoleId& role) {
  if (!is_builtin_role(role)) return std::nullopt;
  return Rejection{.code = RejectionCode::builtin_role, .detail = "The roles owner, admin and member are built in."};
}

std::optional<Rejection> refuse_unknown_privileges(const std::vector<std::string>& privileges) {
  Rejection rejection{.code = RejectionCode::unknown_privilege, .detail = "A role holds known privileges, <Area>:Read or <Area>:Edit."};
  for (std::size_t index = 0; index < privileges.size(); ++index) {
    if (is_known_privilege(privileges[index])) continue;
    rejection.errors.push_back({"/role/privileges/" + std::to_string(index), "unknown_privilege", "No such privilege."});
  }
  return rejection.errors.empty() ? std::nullopt : std::optional(std::move(rejection));
}

bool reaches(const State& state, const std::string& prefix, std::size_t count) {
  std::size_t found = 0;
  state.rows().scan(prefix, [&](std::string_view, std::string_view) { return ++found < count; });
  return found >= count;
}

std::vector<std::string> sorted_once(const std::vector<std::string>& values) {
  const std::set<std::string> once(values.begin(), values.end());
  return {once.begin(), once.end()};
}

tl::expected<GroupRow, Rejection> existing_group(const State& state, const GroupId& group) {
  auto row = state.group(group);
  if (!row) return refuse(RejectionCode::group_not_found, "There is no such group.");
  return std::move(*row);
}

enum class Choice { affected, unaffected, unknown };

// The affected ones, each once, in the order given; one unknown refuses all.
tl::expected<std::vector<UserId>, Rejection> choose_users(const std::vector<UserId>& users,
                                                          const std::function<Choice(const UserId&)>& choice_of) {
  std::vector<UserId> chosen;
  std::set<UserId> seen;
  Rejection rejection{.code = RejectionCode::user_not_found, .detail = "Somebody named is not there; nothing was changed."};
  for (std::size_t index = 0; index < users.size(); ++index) {
    const auto choice = choice_of(users[index]);
    if (choice == Choice::unknown) {
      rejection.errors.push_back({"/user_ids/" + std::to_string(index), "user_not_found", "No active member of the account."});
    } else if (choice == Choice::affected && seen.insert(users[index]).second) {
      chosen.push_back(users[index]);
    }
  }
  if (!rejection.errors.empty()) return tl::unexpected(std::move(rejection));
  return chosen;
}

// Each newcomer gets the apps that were added for the group: that is work for one commit, and it has a limit.
std::optional<Rejection> refuse_too_many(const State& state, const GroupId& group, std::size_t newcomers) {
  if (newcomers == 0) return std::nullopt;
  const auto apps_max = limits::audience_walk_max / newcomers;
  if (!reaches(state, state_keys::apps_for_group(state.account_id(), group), apps_max + 1)) return std::nullopt;
  return Rejection{.code = RejectionCode::audience_too_large, .detail = "Apps were added for this group; add fewer members at a time."};
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const DefineRole& command) {
  const auto& role = command.role;
  if (auto refusal = refuse_builtin(role.id)) return tl::unexpected(std::move(*refusal));
  if (auto refusal = refuse_unknown_privileges(role.privileges)) return tl::unexpected(std::move(*refusal));
  const auto privileges = sorted_once(role.privileges);
  const auto earlier = state.role(role.id);
  Decision decision;
  if (earlier && earlier->name == role.name && earlier->privileges == privileges) return decision;

  auto added = privileges;
  if (earlier) std::erase_if(added, [&](const std::string& privilege) { return grants(earlier->privileges, privilege); });
  if (auto refusal = refuse_giving(state, context, added)) return tl::unexpected(std::move(*refusal));
  if (earlier) {
    decision.events.push_back({state.account_id(), RoleChanged{role.id, role.name, privileges}});
  } else if (reaches(state, state_keys::roles(state.account_id()), limits::roles_per_account_max)) {
    return refuse(RejectionCode::too_many_items, "An account has at most " + std::to_string(limits::roles_per_account_max) + " roles.");
  } else {
    decision.events.push_back({state.account_id(), RoleDefined{role.id, role.name, privileges}});
    decision.result = {{"role_id", role.id.value}};
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RemoveRole& command) {
  if (auto refusal = refuse_builtin(command.role_id)) return tl::unexpected(std::move(*refusal));
  const auto role = state.role(command.role_id);
  if (!role) return refuse(RejectionCode::role_not_found, "There is no such role.");
  if (role->members > 0) {
    return refuse(RejectionCode::role_in_use, std::to_string(role->members) + " members hold this role; give them another one first.");
  }
  Decision decision;
  decision.events.push_back({state.account_id(), RoleRemoved{command.role_id}});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const AssignRole& command) {
  const auto member = state.member(command.user_id);
  if (!member || member->status == MemberStatus::removed) return refuse(RejectionCode::user_not_found, "There is no such member.");
  auto events = give_role(state, context, command.user_id, *member, command.role_id);
  if (!events) return tl::unexpected(std::move(events.error()));
  Decision decision;
  for (auto& event : *events) decision.events.push_back({state.account_id(), std::move(event)});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const CreateGroup& command) {
  const auto earlier = state.group(command.group_id);
  Decision decision;
  if (!earlier) {
    decision.events.push_back({state.account_id(), GroupCreated{command.group_id, command.name}});
    decision.result = {{"group_id", command.group_id.value}};
  } else if (earlier->name != command.name) {
    decision.events.push_back({state.account_id(), GroupRenamed{command.group_id, command.name}});
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RemoveGroup& command) {
  const auto group = existing_group(state, command.group_id);
  if (!group) return tl::unexpected(group.error());
  Decision decision;
  decision.events.push_back({state.account_id(), GroupRemoved{command.group_id, group->members}});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const AddGroupMembers& command) {
  if (const auto group = existing_group(state, command.group_id); !group) return tl::unexpected(group.error());
  const auto newcomers = choose_users(command.user_ids, [&](const UserId& user) {
    if (!state.active_member(user)) return Choice::unknown;
    return state.in_group(command.group_id, user) ? Choice::unaffected : Choice::affected;
  });
  if (!newcomers) return tl::unexpected(newcomers.error());
  if (auto refusal = refuse_too_many(state, command.group_id, newcomers->size())) return tl::unexpected(std::move(*refusal));
  Decision decision;
  for (const auto& user : *newcomers) {
    if (state.groups_of(user).size() >= limits::groups_per_member_max) {
      return refuse(RejectionCode::too_many_items,
                    user.value + " is in " + std::to_string(limits::groups_per_member_max) + " groups already, which is the limit.");
    }
    decision.events.push_back({state.account_id(), GroupMemberAdded{command.group_id, user}});
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RemoveGroupMembers& command) {
  if (const auto group = existing_group(state, command.group_id); !group) return tl::unexpected(group.error());
  const auto leavers = choose_users(command.user_ids, [&](const UserId& user) {
    if (!state.member(user)) return Choice::unknown;
    return state.in_group(command.group_id, user) ? Choice::affected : Choice::unaffected;
  });
  if (!leavers) return tl::unexpected(leavers.error());
  Decision decision;
  for (const auto& user : *leavers) decision.events.push_back({state.account_id(), GroupMemberRemoved{command.group_id, user}});
  return decision;
}

}  // namespace gatehouse
