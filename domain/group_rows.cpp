#include "domain/group_rows.hpp"

#include <vector>

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

// Rows that name a group which is gone. At most as many as one member may have groups: they go whenever the member joins another.
void forget_removed_groups(Table& rows, const EventContext& context, const UserId& user) {
  const State state(rows, context.stream);
  std::vector<std::string> forgotten;
  rows.scan(state_keys::user_groups(context.stream, user), [&](std::string_view key, std::string_view value) {
    KeyParts parts(key);
    parts.text();
    parts.text();
    const auto group = state.group(GroupId{parts.text()});
    if (!group || group->created_version != unpack_row<MembershipRow>(value).created_version) forgotten.emplace_back(key);
    return true;
  });
  for (const auto& key : forgotten) rows.erase(key);
}

}  // namespace

void join_group(Table& rows, const EventContext& context, const GroupId& group, const UserId& user) {
  auto row = State(rows, context.stream).group(group);
  if (!row) return;
  const auto key = state_keys::group_member(context.stream, group, row->created_version, user);
  if (rows.get(key)) return;
  forget_removed_groups(rows, context, user);
  rows.put(key, {});
  put_row(rows, state_keys::user_group(context.stream, user, group), MembershipRow{row->created_version});
  ++row->members;
  row->version = context.account_version;
  put_row(rows, state_keys::group(context.stream, group), *row);
}

void leave_group(Table& rows, const EventContext& context, const GroupId& group, const UserId& user) {
  auto row = State(rows, context.stream).group(group);
  if (!row) return;
  const auto key = state_keys::group_member(context.stream, group, row->created_version, user);
  if (!rows.get(key)) return;
  rows.erase(key);
  rows.erase(state_keys::user_group(context.stream, user, group));
  --row->members;
  row->version = context.account_version;
  put_row(rows, state_keys::group(context.stream, group), *row);
}

void leave_all_groups(Table& rows, const EventContext& context, const UserId& user) {
  for (const auto& group : State(rows, context.stream).groups_of(user)) leave_group(rows, context, group, user);
  forget_removed_groups(rows, context, user);
}

}  // namespace gatehouse
