// Writing roles, for folds: who holds which, counted on the role. Only active members hold one; holders of the built-in role member, which
// gives nothing, are not kept.
#pragma once
#include "domain/state.hpp"

namespace gatehouse {

void add_role_holder(Table& rows, const AccountId& account, const RoleId& role, const UserId& user);
void remove_role_holder(Table& rows, const AccountId& account, const RoleId& role, const UserId& user);

// The account's row names the one who was given the role owner.
void make_owner_if(Table& rows, const AccountId& account, const RoleId& role, const UserId& user);

}  // namespace gatehouse
