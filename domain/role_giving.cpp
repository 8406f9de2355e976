#include "domain/role_giving.hpp"

#include <algorithm>

#include "domain/authority.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view role_edit = "Role:Edit";

bool gives_anything(const State& state, const DecisionContext& context) {
  if (context.caller.directory)
    return true;
  const auto account = state.account();
  return account && account->owner_id == context.caller.user_id();
}

std::optional<Rejection> refuse_existing_role(const State& state, const DecisionContext& context, const RoleId& role) {
  const auto row = state.role(role);
  if (!row) {
    return Rejection{.code = RejectionCode::role_not_found, .detail = "The account has no role " + role.value + "."};
  }
  if (gives_anything(state, context))
    return std::nullopt;
  if (!holds(state, context.caller.user_id(), role_edit))
    return privilege_required(std::string(role_edit));
  return refuse_giving(state, context, row->privileges);
}

tl::expected<std::vector<Event>, Rejection> transfer_ownership(const State& state, const DecisionContext& context,
                                                               const UserId& user, const MemberRow& member) {
  if (!gives_anything(state, context))
    return tl::unexpected(privilege_required("owner"));
  const auto previous_owner = state.account().value_or(AccountRow{}).owner_id;
  return std::vector<Event>{RoleAssigned{previous_owner, admin_role, owner_role},
                            RoleAssigned{user, owner_role, member.role_id}};
}

}  // namespace

std::optional<Rejection> refuse_new_role(const State& state, const DecisionContext& context, const RoleId& role) {
  if (role == owner_role) {
    return Rejection{.code = RejectionCode::owner_required,
                     .detail = "The account has an owner; AssignRole hands the ownership over to a member."};
  }
  if (role == member_role)
    return std::nullopt;
  return refuse_existing_role(state, context, role);
}

std::optional<Rejection> refuse_giving(const State& state, const DecisionContext& context,
                                       const std::vector<std::string>& privileges) {
  if (gives_anything(state, context))
    return std::nullopt;
  const auto missing = std::ranges::find_if(
      privileges, [&](const std::string& privilege) { return !holds(state, context.caller.user_id(), privilege); });
  if (missing == privileges.end())
    return std::nullopt;
  auto rejection = privilege_required(*missing);
  rejection.detail = "Nobody gives a privilege that he does not hold himself: " + *missing + ".";
  return rejection;
}

tl::expected<std::vector<Event>, Rejection> give_role(const State& state, const DecisionContext& context,
                                                      const UserId& user, const MemberRow& member, const RoleId& role) {
  if (member.role_id == role)
    return std::vector<Event>{};
  if (member.role_id == owner_role) {
    return refuse(RejectionCode::owner_required, "The owner keeps the role until another member is made owner.");
  }
  if (member.status != MemberStatus::active)
    return refuse(RejectionCode::user_not_found, "Only an active member can hold another role.");
  if (role == owner_role)
    return transfer_ownership(state, context, user, member);
  if (auto refusal = refuse_existing_role(state, context, role))
    return tl::unexpected(std::move(*refusal));
  return std::vector<Event>{RoleAssigned{user, role, member.role_id}};
}

}  // namespace gatehouse
