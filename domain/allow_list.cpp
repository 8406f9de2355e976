#include "domain/allow_list.hpp"

#include <algorithm>
#include <utility>

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view group_prefix = "g:";
constexpr std::string_view email_prefix = "e:";

void write_entry(Table& rows, const AccountId& account, const AppId& app, std::string_view key,
                 const AllowListRow& row) {
  put_row(rows, state_keys::allow_list_entry(account, app, key), row);
  rows.put(state_keys::listed_app(account, key, app), row.entry_id.value);
  rows.put(state_keys::entry_by_id(account, app, row.entry_id), key);
  const auto mark = state_keys::lists_addresses(account);
  if (key.starts_with(email_prefix) && !rows.get(mark))
    rows.put(mark, {});
}

void erase_key(Table& rows, const AccountId& account, const AppId& app, const EntryId& entry, std::string_view key) {
  rows.erase(state_keys::allow_list_entry(account, app, key));
  rows.erase(state_keys::listed_app(account, key, app));
  rows.erase(state_keys::entry_by_id(account, app, entry));
}

}  // namespace

std::string key_of(const AllowListEntry& entry) {
  switch (entry.kind) {
  case EntryKind::user:
    return state_keys::entry_of_user(entry.user_id);
  case EntryKind::email:
    return state_keys::entry_of_email(entry.email.found_by());
  case EntryKind::group:
    return state_keys::entry_of_group(entry.group_id);
  }
  assertion_failed("an entry is a user, an e-mail or a group", std::source_location::current());
}

std::optional<AllowListRow> entry_in_force(const State& state, const AppId& app, std::string_view key) {
  auto row = state.allow_list_entry(app, key);
  if (!row || !key.starts_with(group_prefix))
    return row;
  const auto group = state.group(GroupId{key.substr(group_prefix.size())});
  if (!group || group->created_version > row->version)
    row.reset();
  return row;
}

bool has_entries(const State& state, const AppId& app) {
  bool found = false;
  state.rows().scan(state_keys::allow_list(state.account_id(), app), [&](std::string_view, std::string_view) {
    found = true;
    return false;
  });
  return found;
}

bool is_listed(const State& state, const AppId& app, const UserId& user, const MemberRow& member) {
  const auto listed = [&](const std::string& key) { return entry_in_force(state, app, key).has_value(); };
  if (listed(state_keys::entry_of_user(user)) || listed(state_keys::entry_of_email(member.email.found_by())))
    return true;
  const auto groups = state.groups_of(user);
  return std::any_of(groups.begin(), groups.end(),
                     [&](const GroupId& group) { return listed(state_keys::entry_of_group(group)); });
}

void put_entry(Table& rows, const EventContext& context, const AppId& app, const AllowListEntry& entry) {
  const auto key = key_of(entry);
  if (const auto before = State(rows, context.stream).allow_list_entry(app, key)) {
    rows.erase(state_keys::entry_by_id(context.stream, app, before->entry_id));
  }
  write_entry(rows, context.stream, app, key,
              {.entry_id = entry.entry_id,
               .email = entry.email,
               .added_at = context.recorded_at,
               .version = context.account_version});
}

void bind_entry(Table& rows, const EventContext& context, const AppId& app, const EntryId& entry, const UserId& user) {
  const auto old_key = rows.get(state_keys::entry_by_id(context.stream, app, entry));
  if (!old_key)
    return;
  const State state(rows, context.stream);
  auto row = state.allow_list_entry(app, *old_key);
  GATEHOUSE_ASSERT(row.has_value());
  erase_key(rows, context.stream, app, entry, *old_key);
  if (!row->email.empty())
    rows.put(state_keys::bound_entry(context.stream, user, entry), {});
  const auto key = state_keys::entry_of_user(user);
  if (state.allow_list_entry(app, key))
    return;
  row->version = context.account_version;
  write_entry(rows, context.stream, app, key, *row);
}

void erase_entry(Table& rows, const EventContext& context, const AppId& app, const EntryId& entry) {
  const auto key = rows.get(state_keys::entry_by_id(context.stream, app, entry));
  if (!key)
    return;
  erase_key(rows, context.stream, app, entry, *key);
  if (!key->starts_with(email_prefix))
    return;
  rows.put(state_keys::unlisted_entry(context.stream, entry), {});
  rows.put(state_keys::unlisted_entry(context.stream, key->substr(email_prefix.size()), entry), {});
}

}  // namespace gatehouse
