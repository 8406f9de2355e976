#include "domain/role_rows.hpp"

#include "domain/privileges.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

void count_holders(Table& rows, const AccountId& account, const RoleId& role, std::uint64_t change) {
  if (is_builtin_role(role)) return;
  auto row = State(rows, account).role(role);
  if (!row) return;
  row->members += change;
  put_row(rows, state_keys::role(account, role), *row);
}

}  // namespace

void add_role_holder(Table& rows, const AccountId& account, const RoleId& role, const UserId& user) {
  if (role == member_role) return;
  const auto key = state_keys::role_holder(account, role, user);
  if (rows.get(key)) return;
  rows.put(key, {});
  count_holders(rows, account, role, 1);
}

void remove_role_holder(Table& rows, const AccountId& account, const RoleId& role, const UserId& user) {
  const auto key = state_keys::role_holder(account, role, user);
  if (!rows.get(key)) return;
  rows.erase(key);
  count_holders(rows, account, role, static_cast<std::uint64_t>(-1));
}

void make_owner_if(Table& rows, const AccountId& account, const RoleId& role, const UserId& user) {
  auto row = State(rows, account).account();
  if (role != owner_role || !row) return;
  row->owner_id = user;
  put_row(rows, state_keys::account(account), *row);
}

}  // namespace gatehouse
