#include "domain/state.hpp"

#include "domain/privileges.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

std::optional<AppRow> State::app(const AppId& app) const { return read_row<AppRow>(*rows_, state_keys::app(app)); }

std::optional<ClientRow> State::client(const ClientId& client) const {
  return read_row<ClientRow>(*rows_, state_keys::client(client));
}

std::optional<ClientId> State::client_of_app(const AppId& app, Credentials credentials) const {
  const auto client = rows_->get(state_keys::client_of_app(app, credentials));
  if (!client)
    return std::nullopt;
  return ClientId{*client};
}

std::optional<ScopeRow> State::scope(std::string_view name) const {
  return read_row<ScopeRow>(*rows_, state_keys::scope(name));
}

std::optional<AccountRow> State::account() const {
  return read_row<AccountRow>(*rows_, state_keys::account(account_id_));
}

std::optional<MemberRow> State::member(const UserId& user) const {
  return read_row<MemberRow>(*rows_, state_keys::member(account_id_, user));
}

std::optional<MemberRow> State::active_member(const UserId& user) const {
  auto row = member(user);
  if (row && row->status != MemberStatus::active)
    row.reset();
  return row;
}

PersonalText State::opened(PersonalText text) const {
  if (reader_ != nullptr && !text.sealed.empty() && text.text.empty())
    reader_->open(account_id_, text);
  return text;
}

PersonalText State::address(std::string_view subject, std::string normalised_email) const {
  PersonalText address{std::string(subject), std::move(normalised_email)};
  if (reader_ != nullptr)
    address.lookup = reader_->lookup(account_id_, address.text);
  return address;
}

std::optional<UserId> State::member_with_email(std::string_view normalised_email) const {
  return member_found_by(address({}, std::string(normalised_email)).found_by());
}

std::optional<UserId> State::member_found_by(std::string_view found_by) const {
  const auto user = rows_->get(state_keys::email(account_id_, found_by));
  if (!user)
    return std::nullopt;
  return UserId{*user};
}

std::optional<ErasureRow> State::erasure(std::string_view subject) const {
  return read_row<ErasureRow>(*rows_, state_keys::erasure(account_id_, subject));
}

std::optional<RoleRow> State::role(const RoleId& role) const {
  if (is_builtin_role(role))
    return builtin_role_row(role);
  return read_row<RoleRow>(*rows_, state_keys::role(account_id_, role));
}

std::optional<GroupRow> State::group(const GroupId& group) const {
  return read_row<GroupRow>(*rows_, state_keys::group(account_id_, group));
}

bool State::in_group(const GroupId& group, const UserId& user) const {
  const auto row = this->group(group);
  return row && rows_->get(state_keys::group_member(account_id_, group, row->created_version, user)).has_value();
}

std::vector<GroupId> State::groups_of(const UserId& user) const {
  std::vector<GroupId> groups;
  rows_->scan(state_keys::user_groups(account_id_, user), [&](std::string_view key, std::string_view value) {
    KeyParts parts(key);
    parts.text();
    parts.text();
    GroupId group{parts.text()};
    const auto row = this->group(group);
    if (row && row->created_version == unpack_row<MembershipRow>(value).created_version)
      groups.push_back(std::move(group));
    return true;
  });
  return groups;
}

void State::visit_group_members(const GroupId& group, const std::function<bool(const UserId&)>& visit) const {
  const auto row = this->group(group);
  if (!row)
    return;
  const auto prefix = state_keys::group_members(account_id_, group, row->created_version);
  rows_->scan(prefix, [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    parts.text();
    parts.text();
    parts.number();
    return visit(UserId{parts.text()});
  });
}

GovernedAppRow State::governed_app(const AppId& app) const {
  return read_row<GovernedAppRow>(*rows_, state_keys::governed_app(account_id_, app)).value_or(GovernedAppRow{});
}

std::optional<AllowListRow> State::allow_list_entry(const AppId& app, std::string_view entry) const {
  return read_row<AllowListRow>(*rows_, state_keys::allow_list_entry(account_id_, app, entry));
}

std::optional<RequestRow> State::request(const RequestId& id) const {
  return read_row<RequestRow>(*rows_, state_keys::request(account_id_, id));
}

std::optional<NotificationRow> State::notification(const NotificationId& id) const {
  return read_row<NotificationRow>(*rows_, state_keys::notification(account_id_, id));
}

std::optional<SubscriptionRow> State::user_subscription(const AppId& app, const UserId& user) const {
  return read_row<SubscriptionRow>(*rows_, state_keys::user_subscription(account_id_, app, user));
}

std::optional<SubscriptionRow> State::account_subscription(const AppId& app) const {
  return read_row<SubscriptionRow>(*rows_, state_keys::account_subscription(account_id_, app));
}

}  // namespace gatehouse
