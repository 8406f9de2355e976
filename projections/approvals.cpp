#include "projections/approvals.hpp"

#include <array>

#include "domain/subscription.hpp"
#include "projections/listed_page.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

constexpr char approved_tag = 'A';
constexpr char restricted_tag = 'R';
constexpr char added_tag = 'a';

class ApprovalsFold {
 public:
  ApprovalsFold(Table& rows, const AccountId& account) : rows_(rows), account_(account) {}

  void operator()(const PreApprovalGranted& event) const { put(approved_tag, event.app_id); }
  void operator()(const AppAddedForAudience& event) const {
    put(approved_tag, event.app_id);
    put(added_tag, event.app_id);
  }
  void operator()(const AppUninstalled& event) const {
    if (event.target == UninstallTarget::account)
      erase(added_tag, event.app_id);
  }
  void operator()(const PreApprovalDisabled& event) const { erase(approved_tag, event.app_id); }
  void operator()(const AllRequestsDeclined& event) const {
    if (event.pre_approval_revoked)
      erase(approved_tag, event.app_id);
  }
  void operator()(const AppRestricted& event) const { put(restricted_tag, event.app_id); }
  void operator()(const AppRestrictionLifted& event) const { erase(restricted_tag, event.app_id); }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  [[nodiscard]] std::string key(char tag, const AppId& app) const {
    return Key(tag).text(account_.value).text(app.value).take();
  }
  void put(char tag, const AppId& app) const { rows_.put(key(tag, app), {}); }
  void erase(char tag, const AppId& app) const { rows_.erase(key(tag, app)); }

  Table& rows_;
  const AccountId& account_;
};

template <class Shows>
Page<GovernedApp> page_of(char tag, const TableReader& rows, const State& state, std::string_view cursor,
                          std::size_t page_size, const Shows& shows) {
  return page_below<GovernedApp>(rows, Key(tag).text(state.account_id().value).take(), cursor, page_size,
                                 [&](const RowCursor& listed) -> std::optional<GovernedApp> {
                                   AppId app{listed.suffix().substr(0, listed.suffix().find('\0'))};
                                   auto row = state.governed_app(app);
                                   if (!shows(row))
                                     return std::nullopt;
                                   return GovernedApp{std::move(app), std::move(row)};
                                 });
}

}  // namespace

void ApprovalsProjection::apply(Table& rows, const RecordedEvent& event) const {
  if (const auto* known = event.known())
    std::visit(ApprovalsFold(rows, event.envelope.account_id), *known);
}

std::span<const RowShape> ApprovalsProjection::shapes() const {
  static constexpr std::array shapes{RowShape{approved_tag, "approved app", "tt"},
                                     RowShape{restricted_tag, "restricted app", "tt"},
                                     RowShape{added_tag, "added app", "tt"}};
  return shapes;
}

Page<GovernedApp> approved_apps_page(const TableReader& rows, const State& state, std::string_view cursor,
                                     std::size_t page_size) {
  return page_of(approved_tag, rows, state, cursor, page_size,
                 [](const GovernedAppRow& row) { return row.pre_approval_on; });
}

Page<GovernedApp> restricted_apps_page(const TableReader& rows, const State& state, std::string_view cursor,
                                       std::size_t page_size) {
  return page_of(restricted_tag, rows, state, cursor, page_size,
                 [](const GovernedAppRow& row) { return row.restricted; });
}

Page<GovernedApp> added_apps_page(const TableReader& rows, const State& state, std::string_view cursor,
                                  std::size_t page_size) {
  const auto account = state.account();
  return page_of(added_tag, rows, state, cursor, page_size,
                 [&](const GovernedAppRow& row) { return account && live_subscriptions(*account, row) > 0; });
}

}  // namespace gatehouse
