#include "domain/notification_receivers.hpp"

#include "domain/privileges.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

std::vector<RoleId> deciding_roles(const State& state) {
  std::vector<RoleId> roles{owner_role, admin_role};
  state.rows().scan(state_keys::roles(state.account_id()), [&](std::string_view key, std::string_view value) {
    KeyParts parts(key);
    parts.text();
    if (grants(unpack_row<RoleRow>(value).privileges, marketplace_edit)) roles.emplace_back(parts.text());
    return true;
  });
  return roles;
}

}  // namespace

NotificationReceivers notification_receivers(const State& state, const AccountRow& account, std::size_t users_max) {
  NotificationReceivers receivers;
  if (!account.notifications_enabled) return receivers;
  for (const auto& user : account.notification_recipients) {
    if (holds(state, user, marketplace_edit)) receivers.users.push_back(user);
  }
  receivers.automatic = receivers.users.empty();
  if (!receivers.automatic) return receivers;
  for (const auto& role : deciding_roles(state)) {
    state.rows().scan(state_keys::role_holders(state.account_id(), role), [&](std::string_view key, std::string_view) {
      KeyParts parts(key);
      parts.text(), parts.text();
      const UserId user{parts.text()};
      if (state.active_member(user)) receivers.users.push_back(user);
      return receivers.users.size() < users_max;
    });
    if (receivers.users.size() >= users_max) break;
  }
  return receivers;
}

}  // namespace gatehouse
