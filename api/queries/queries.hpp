// The queries of an account, one function each, named in the route table. What they are given and give back is in
// api/query.hpp.
#pragma once
#include "api/query.hpp"
#include "domain/gate.hpp"

namespace gatehouse::api {

// Apps as members see them.
[[nodiscard]] QueryResult list_apps(const QueryContext& context);
[[nodiscard]] QueryResult show_app(const QueryContext& context);
[[nodiscard]] QueryResult show_installability(const QueryContext& context);
// Whose installation of what the path and the parameters name; why the caller may not ask about it otherwise.
[[nodiscard]] tl::expected<GateQuestion, Problem> installation_asked_about(const QueryContext& context);

// Governance.
[[nodiscard]] QueryResult show_approval(const QueryContext& context);
[[nodiscard]] QueryResult list_allow_list(const QueryContext& context);
[[nodiscard]] QueryResult show_permissions(const QueryContext& context);
[[nodiscard]] QueryResult show_notification_settings(const QueryContext& context);
[[nodiscard]] QueryResult list_approvals(const QueryContext& context);
[[nodiscard]] QueryResult list_restrictions(const QueryContext& context);

// Requests and subscriptions.
[[nodiscard]] QueryResult list_app_requests(const QueryContext& context);
[[nodiscard]] QueryResult list_requests(const QueryContext& context);
[[nodiscard]] QueryResult show_request(const QueryContext& context);
[[nodiscard]] QueryResult list_subscriptions(const QueryContext& context);

// What was told to whom.
[[nodiscard]] QueryResult list_notifications(const QueryContext& context);
[[nodiscard]] QueryResult list_webhooks(const QueryContext& context);
[[nodiscard]] QueryResult show_webhook(const QueryContext& context);
[[nodiscard]] QueryResult show_webhook_secret(const QueryContext& context);
[[nodiscard]] QueryResult list_webhook_deliveries(const QueryContext& context);

// Directory.
[[nodiscard]] QueryResult list_members(const QueryContext& context);
[[nodiscard]] QueryResult show_member(const QueryContext& context);
[[nodiscard]] QueryResult list_roles(const QueryContext& context);
[[nodiscard]] QueryResult show_role(const QueryContext& context);
[[nodiscard]] QueryResult list_groups(const QueryContext& context);
[[nodiscard]] QueryResult list_group_members(const QueryContext& context);
[[nodiscard]] QueryResult show_group(const QueryContext& context);

// History.
[[nodiscard]] QueryResult list_events(const QueryContext& context);
[[nodiscard]] QueryResult show_event(const QueryContext& context);

}  // namespace gatehouse::api
