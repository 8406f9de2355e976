// Typed reading of the state's rows for one account. A value of what was decided so far: reading changes nothing, and what is not there is an
// empty optional. Reads decode on each call; a caller that needs a row twice keeps it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rows.hpp"
#include "table/table.hpp"

namespace gatehouse {

class State {
 public:
  // `rows` must outlive the state. For catalogue commands the account is catalogue_stream.
  State(const TableReader& rows, AccountId account_id) : rows_(&rows), account_id_(std::move(account_id)) {}

  [[nodiscard]] const AccountId& account_id() const { return account_id_; }
  [[nodiscard]] const TableReader& rows() const { return *rows_; }

  [[nodiscard]] std::optional<AppRow> app(const AppId& app) const;
  [[nodiscard]] std::optional<ClientRow> client(const ClientId& client) const;
  [[nodiscard]] std::optional<ClientId> client_of_app(const AppId& app, Credentials credentials) const;
  [[nodiscard]] std::optional<ScopeRow> scope(std::string_view name) const;
  [[nodiscard]] std::optional<AccountRow> account() const;
  [[nodiscard]] std::optional<MemberRow> member(const UserId& user) const;
  [[nodiscard]] std::optional<MemberRow> active_member(const UserId& user) const;
  [[nodiscard]] std::optional<UserId> member_with_email(std::string_view normalised_email) const;
  // Built-in roles (owner, admin, member) exist without a row.
  [[nodiscard]] std::optional<RoleRow> role(const RoleId& role) const;
  [[nodiscard]] std::optional<GroupRow> group(const GroupId& group) const;
  [[nodiscard]] bool in_group(const GroupId& group, const UserId& user) const;
  [[nodiscard]] std::vector<GroupId> groups_of(const UserId& user) const;
  // Ascending; `visit` returns false to stop. Members stay in their groups while they are deactivated.
  void visit_group_members(const GroupId& group, const std::function<bool(const UserId&)>& visit) const;
  [[nodiscard]] GovernedAppRow governed_app(const AppId& app) const;  // all off when nothing has happened yet
  [[nodiscard]] std::optional<AllowListRow> allow_list_entry(const AppId& app, std::string_view entry) const;
  [[nodiscard]] std::optional<RequestRow> request(const RequestId& id) const;  // as stored: see effective_request()
  [[nodiscard]] std::optional<NotificationRow> notification(const NotificationId& id) const;
  [[nodiscard]] std::optional<SubscriptionRow> user_subscription(const AppId& app, const UserId& user) const;
  [[nodiscard]] std::optional<SubscriptionRow> account_subscription(const AppId& app) const;

 private:
  const TableReader* rows_;
  AccountId account_id_;
};

}  // namespace gatehouse
