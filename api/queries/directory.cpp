// The account's directory: members, roles and groups.
#include <array>

#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "domain/privileges.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse::api {

namespace {

// The last part of a key of the form tag, account, id.
std::string_view id_in(std::string_view key) {
  KeyParts parts(key);
  parts.text();
  return parts.text();
}

MemberItem member_item(const State& state, const UserId& user, MemberRow row) {
  return {user,
          state.opened(std::move(row.email)),
          state.opened(std::move(row.name)),
          state.opened(std::move(row.department)),
          std::move(row.role_id),
          row.status,
          row.joined_at};
}

RoleItem role_item(const RoleId& role, RoleRow row) {
  return {role, std::move(row.name), is_builtin_role(role), std::move(row.privileges)};
}

// Where a page ends among the built-in roles: how many have been shown. No key begins like this.
constexpr char builtin_mark = '\x01';

std::string builtin_cursor(std::size_t shown) { return {builtin_mark, static_cast<char>('0' + shown)}; }

std::optional<std::size_t> builtin_shown(std::string_view cursor) {
  if (!cursor.starts_with(builtin_mark))
    return std::nullopt;
  return static_cast<std::size_t>(cursor.back() - '0');
}

Problem not_found(std::string_view code, std::string detail) { return make_problem(code, std::move(detail)); }

Problem no_such_group() { return not_found("group_not_found", "There is no such group."); }

// The last part of a key of the form tag, account, group, version, user.
UserId group_member_in(std::string_view key) {
  KeyParts parts(key);
  parts.text();
  parts.text();
  parts.number();
  return UserId{parts.text()};
}

}  // namespace

QueryResult list_members(const QueryContext& context) {
  std::vector<MemberItem> items;
  const auto next = scan_page(context, state_keys::members(context.state.account_id()),
                              [&](std::string_view key, std::string_view value) {
                                auto row = unpack_row<MemberRow>(value);
                                if (row.status == MemberStatus::removed)
                                  return false;
                                items.push_back(member_item(context.state, UserId{id_in(key)}, std::move(row)));
                                return true;
                              });
  return list_answer(context, items, next, [](std::string& out, const MemberItem& item) { append_json(out, item); });
}

QueryResult show_member(const QueryContext& context) {
  const UserId user{context.path.at("user_id")};
  auto row = context.state.member(user);
  if (!row || row->status == MemberStatus::removed)
    return tl::unexpected(not_found("user_not_found", "There is no such member."));
  const auto version = row->version;
  auto item = member_item(context.state, user, std::move(*row));
  MemberDetails details{
      std::move(item.user_id),      std::move(item.email), std::move(item.name), std::move(item.department),
      std::move(item.role),         item.status,           item.joined_at,       {},
      context.state.groups_of(user)};
  if (auto role = context.state.role(details.role))
    details.privileges = std::move(role->privileges);
  auto answer = described_answer(details, version);
  answer.moves = true;  // with its role and its groups
  return answer;
}

// The built-in ones, which have no rows, and then the account's own.
QueryResult list_roles(const QueryContext& context) {
  const std::array builtin{owner_role, admin_role, member_role};
  auto cursor = cursor_of(context);
  std::size_t shown = cursor.empty() ? 0 : builtin_shown(cursor).value_or(builtin.size());
  std::vector<RoleItem> items;
  for (; shown < builtin.size() && items.size() < context.page.size; ++shown) {
    items.push_back(role_item(builtin[shown], context.state.role(builtin[shown]).value()));
    cursor = builtin_cursor(shown + 1);
  }
  const auto take = [&](std::string_view key, std::string_view value) {
    const RoleId role{id_in(key)};
    if (is_builtin_role(role))
      return false;
    items.push_back(role_item(role, unpack_row<RoleRow>(value)));
    return true;
  };
  const auto next = shown < builtin.size() ? cursor
                                           : scan_rows(context.state, state_keys::roles(context.state.account_id()),
                                                       {cursor, context.page.size - items.size()}, take);
  return list_answer(context, items, next, [](std::string& out, const RoleItem& item) { append_json(out, item); });
}

QueryResult show_role(const QueryContext& context) {
  const RoleId role{context.path.at("role_id")};
  auto row = context.state.role(role);
  if (!row)
    return tl::unexpected(not_found("role_not_found", "There is no such role."));
  const auto version = row->version;
  return described_answer(role_item(role, std::move(*row)), version);
}

QueryResult list_groups(const QueryContext& context) {
  std::vector<GroupItem> items;
  const auto next = scan_page(context, state_keys::groups(context.state.account_id()),
                              [&](std::string_view key, std::string_view value) {
                                const auto row = unpack_row<GroupRow>(value);
                                items.push_back({GroupId{id_in(key)}, row.name, row.members, {}});
                                return true;
                              });
  return list_answer(context, items, next, [](std::string& out, const GroupItem& item) { append_json(out, item); });
}

QueryResult list_group_members(const QueryContext& context) {
  const GroupId group{context.path.at("group_id")};
  const auto row = context.state.group(group);
  if (!row)
    return tl::unexpected(no_such_group());
  std::vector<MemberItem> items;
  const auto next =
      scan_page(context, state_keys::group_members(context.state.account_id(), group, row->created_version),
                [&](std::string_view key, std::string_view) {
                  const auto user = group_member_in(key);
                  auto member = context.state.member(user);
                  if (member)
                    items.push_back(member_item(context.state, user, std::move(*member)));
                  return member.has_value();
                });
  return list_answer(context, items, next, [](std::string& out, const MemberItem& item) { append_json(out, item); });
}

QueryResult show_group(const QueryContext& context) {
  const GroupId group{context.path.at("group_id")};
  const auto row = context.state.group(group);
  if (!row)
    return tl::unexpected(no_such_group());
  std::vector<UserId> users;
  context.state.visit_group_members(group, [&](const UserId& user) {
    users.push_back(user);
    return users.size() < group_members_shown_max;
  });
  return described_answer(GroupItem{group, row->name, row->members, std::move(users)}, row->version);
}

}  // namespace gatehouse::api
