// How an account governs its apps, and its settings.
#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "api/shown_app.hpp"
#include "domain/allow_list.hpp"
#include "domain/gate.hpp"
#include "domain/notification_receivers.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "projections/approvals.hpp"

namespace gatehouse::api {

namespace {

std::string name_of_app(const State& state, const AppId& app_id) {
  const auto app = shown_app(state, app_id);
  return app ? app->facts.name : std::string();
}

RequestCounts counts_of(const RequestCounters& counters) {
  return {counters.total, counters.pending, counters.approved, counters.rejected};
}

Approval approval_of(const State& state, const AppId& app_id, const GovernedAppRow& row) {
  const auto app = shown_app(state, app_id);
  const bool ended = !app || app->withdrawn;
  Approval approval;
  approval.app_id = app_id;
  approval.app_name = app ? app->facts.name : std::string();
  approval.pre_approval_on = row.pre_approval_on;
  approval.restricted = row.restricted;
  approval.subscriptions = ended ? 0 : live_subscriptions(state.account().value(), row);
  const bool all_suspended = row.restricted && row.restriction_suspended_version != 0;
  approval.suspended = ended ? 0 : all_suspended ? approval.subscriptions : suspended_subscriptions(row);
  approval.pre_approval_requests = counts_of(row.pre_approval_requests);
  approval.install_requests = counts_of(row.install_requests);
  if (!row.pre_approval_on)
    return approval;
  approval.audience = row.audience;
  approval.includes_development = row.includes_development;
  approval.approved_scopes = row.approved_scopes;
  approval.approver_id = row.approver_id;
  approval.approved_at = row.approved_at;
  return approval;
}

// The app may be looked at by those who govern it even after it was unpublished.
bool is_known_here(const QueryContext& context, const AppId& app_id, const GovernedAppRow& row) {
  const auto app = context.state.app(app_id);
  return app && (row.version != 0 || is_visible(*app, context.state.account_id()));
}

Problem no_such_app() { return make_problem("app_not_found", "There is no such app for this account."); }

AllowListItem item_of(const State& state, const AppId& app_id, std::string_view entry, AllowListRow row) {
  AllowListItem item;
  item.entry_id = std::move(row.entry_id);
  item.added_at = row.added_at;
  const std::string named(entry.substr(2));
  if (entry.starts_with("u:")) {
    item.kind = EntryKind::user;
    item.user_id = UserId{named};
    item.bound = state.active_member(item.user_id).has_value();
    // As it is now: an entry follows its member, and who was removed has no address any more by which he could be named.
    if (auto member = state.member(item.user_id); member && member->status != MemberStatus::removed)
      item.email = state.opened(std::move(member->email));
  } else if (entry.starts_with("g:")) {
    item.kind = EntryKind::group;
    item.group_id = GroupId{named};
    item.bound = entry_in_force(state, app_id, entry).has_value();
  } else {
    item.kind = EntryKind::email;
    item.email = state.opened(std::move(row.email));
  }
  return item;
}

}  // namespace

QueryResult show_approval(const QueryContext& context) {
  const AppId app_id{context.path.at("app_id")};
  const auto row = context.state.governed_app(app_id);
  if (!is_known_here(context, app_id, row))
    return tl::unexpected(no_such_app());
  auto answer = described_answer(approval_of(context.state, app_id, row), row.version);
  answer.catalogue = context.catalogue_position;
  return answer;
}

QueryResult list_allow_list(const QueryContext& context) {
  const AppId app_id{context.path.at("app_id")};
  if (!is_known_here(context, app_id, context.state.governed_app(app_id)))
    return tl::unexpected(no_such_app());
  std::vector<AllowListItem> items;
  const auto next =
      scan_page(context, state_keys::allow_list(context.state.account_id(), app_id),
                [&](std::string_view key, std::string_view value) {
                  KeyParts parts(key);
                  parts.text(), parts.text();
                  items.push_back(item_of(context.state, app_id, parts.text(), unpack_row<AllowListRow>(value)));
                  return true;
                });
  return list_answer(context, items, next, [](std::string& out, const AllowListItem& item) { append_json(out, item); });
}

QueryResult list_approvals(const QueryContext& context) {
  const auto page =
      approved_apps_page(*context.views.front().rows, context.state, cursor_of(context), context.page.size);
  auto answer = list_answer(context, page.items, page.next, [&](std::string& out, const GovernedApp& app) {
    append_json(out, approval_of(context.state, app.app_id, app.row));
  });
  answer.catalogue = context.catalogue_position;
  return answer;
}

QueryResult list_restrictions(const QueryContext& context) {
  const auto page =
      restricted_apps_page(*context.views.front().rows, context.state, cursor_of(context), context.page.size);
  auto answer = list_answer(context, page.items, page.next, [&](std::string& out, const GovernedApp& app) {
    append_json(out, Restriction{app.app_id, name_of_app(context.state, app.app_id), app.row.restricted_by,
                                 app.row.restricted_at, context.state.opened(app.row.restriction_reason)});
  });
  answer.catalogue = context.catalogue_position;
  return answer;
}

QueryResult show_permissions(const QueryContext& context) {
  const auto account = context.state.account().value();
  return described_answer(Permissions{account.public_policy, account.unlisted_policy, account.user_installs_blocked},
                          account.permissions_version);
}

// Who would get a mail changes with the directory, so the answer's version is the account's.
QueryResult show_notification_settings(const QueryContext& context) {
  const auto account = context.state.account().value();
  auto receivers = notification_receivers(context.state, account, notification_receivers_shown_max);
  const std::string resolution = !account.notifications_enabled ? "disabled"
                                 : receivers.automatic          ? "automatic"
                                                                : "selected";
  return described_answer(NotificationSettings{account.notifications_enabled, account.notification_recipients,
                                               resolution, std::move(receivers.users)},
                          context.account_version);
}

}  // namespace gatehouse::api
