// Who may do what in an account. Privileges are strings "<Area>:Read" or "<Area>:Edit" with the vendor's area names; Edit implies Read. The
// built-in role owner has everything, admin every privilege, member none. Checked against the directory at the moment of the command.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/state.hpp"

namespace gatehouse {

inline const RoleId owner_role{"owner"};
inline const RoleId admin_role{"admin"};
inline const RoleId member_role{"member"};
inline constexpr std::string_view marketplace_view = "MarketPlace:Read";
inline constexpr std::string_view marketplace_edit = "MarketPlace:Edit";

[[nodiscard]] bool is_builtin_role(const RoleId& role);
[[nodiscard]] RoleRow builtin_role_row(const RoleId& role);
// Every privilege there is, sorted.
[[nodiscard]] std::span<const std::string> known_privileges();
[[nodiscard]] bool is_known_privilege(std::string_view privilege);
[[nodiscard]] bool grants(const std::vector<std::string>& privileges, std::string_view wanted);
// False for anybody who is not an active member.
[[nodiscard]] bool holds(const State& state, const UserId& user, std::string_view privilege);
[[nodiscard]] bool role_grants(const State& state, const RoleId& role, std::string_view privilege);

}  // namespace gatehouse
