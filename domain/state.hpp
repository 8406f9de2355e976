// Typed reading of the state's rows for one account. A value of what was decided so far: reading changes nothing, and what is not there is an
// empty optional. Reads decode on each call; a caller that needs a row twice keeps it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rows.hpp"
#include "events/personal_reader.hpp"
#include "table/table.hpp"

namespace gatehouse {

class State {
 public:
  // `rows` and `reader` must outlive the state. For catalogue commands the account is catalogue_stream. Without a reader the log seals no texts, or
  // nobody needs to read them, as in a fold.
  State(const TableReader& rows, AccountId account_id, const PersonalReader* reader = nullptr)
      : rows_(&rows), account_id_(std::move(account_id)), reader_(reader) {}

  [[nodiscard]] const AccountId& account_id() const { return account_id_; }
  [[nodiscard]] const TableReader& rows() const { return *rows_; }

  // Personal texts stay sealed in what the functions below return; who shows or compares them opens them.
  [[nodiscard]] const PersonalReader* reader() const { return reader_; }
  [[nodiscard]] PersonalText opened(PersonalText text) const;
  [[nodiscard]] std::string text_of(const PersonalText& text) const { return opened(text).text; }
  // Of somebody whose address is given.
  [[nodiscard]] PersonalText address(std::string_view subject, std::string normalised_email) const;

  [[nodiscard]] std::optional<AppRow> app(const AppId& app) const;
  [[nodiscard]] std::optional<ClientRow> client(const ClientId& client) const;
  [[nodiscard]] std::optional<ClientId> client_of_app(const AppId& app, Credentials credentials) const;
  [[nodiscard]] std::optional<ScopeRow> scope(std::string_view name) const;
  [[nodiscard]] std::optional<AccountRow> account() const;
  [[nodiscard]] std::optional<MemberRow> member(const UserId& user) const;
  [[nodiscard]] std::optional<MemberRow> active_member(const UserId& user) const;
  [[nodiscard]] std::optional<UserId> member_with_email(std::string_view normalised_email) const;
  [[nodiscard]] std::optional<UserId> member_found_by(std::string_view found_by) const;  // of an address
  [[nodiscard]] std::optional<ErasureRow> erasure(std::string_view subject) const;
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
  const PersonalReader* reader_;
};

}  // namespace gatehouse
