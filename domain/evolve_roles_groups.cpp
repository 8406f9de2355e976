// Folds of roles and groups. Whoever joins a group gets the apps that were added for it (D14).
#include "domain/folds.hpp"
#include "domain/group_apps.hpp"
#include "domain/group_rows.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

void put_role(Table& rows, const EventContext& context, const RoleId& role, const std::string& name, const std::vector<std::string>& privileges) {
  auto row = State(rows, context.stream).role(role).value_or(RoleRow{});
  row.name = name;
  row.privileges = privileges;
  row.version = context.account_version;
  put_row(rows, state_keys::role(context.stream, role), row);
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const RoleDefined& event) {
  put_role(rows, context, event.role_id, event.name, event.privileges);
}

void evolve_one(Table& rows, const EventContext& context, const RoleChanged& event) {
  put_role(rows, context, event.role_id, event.name, event.privileges);
}

void evolve_one(Table& rows, const EventContext& context, const RoleRemoved& event) {
  rows.erase(state_keys::role(context.stream, event.role_id));
}

void evolve_one(Table& rows, const EventContext& context, const GroupCreated& event) {
  put_row(rows, state_keys::group(context.stream, event.group_id),
          GroupRow{.name = event.name, .members = 0, .created_version = context.account_version, .version = context.account_version});
}

void evolve_one(Table& rows, const EventContext& context, const GroupRenamed& event) {
  auto group = State(rows, context.stream).group(event.group_id);
  if (!group) return;
  group->name = event.name;
  group->version = context.account_version;
  put_row(rows, state_keys::group(context.stream, event.group_id), *group);
}

void evolve_one(Table& rows, const EventContext& context, const GroupRemoved& event) {
  rows.erase(state_keys::group(context.stream, event.group_id));
}

void evolve_one(Table& rows, const EventContext& context, const GroupMemberAdded& event) {
  join_group(rows, context, event.group_id, event.user_id);
  add_group_apps(rows, context, event.group_id, event.user_id);
}

void evolve_one(Table& rows, const EventContext& context, const GroupMemberRemoved& event) {
  leave_group(rows, context, event.group_id, event.user_id);
}

}  // namespace gatehouse
