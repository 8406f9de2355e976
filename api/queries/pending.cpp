// Answers of queries whose read models are not followed yet.
#include "api/queries/queries.hpp"

namespace gatehouse::api {
namespace {

QueryResult not_followed() {
  return tl::unexpected(make_problem("projection_behind", "The read model is not followed yet."));
}

}  // namespace

QueryResult list_apps(const QueryContext&) { return not_followed(); }
QueryResult show_app(const QueryContext&) { return not_followed(); }
QueryResult show_installability(const QueryContext&) { return not_followed(); }
QueryResult show_approval(const QueryContext&) { return not_followed(); }
QueryResult list_allow_list(const QueryContext&) { return not_followed(); }
QueryResult show_permissions(const QueryContext&) { return not_followed(); }
QueryResult show_notification_settings(const QueryContext&) { return not_followed(); }
QueryResult list_approvals(const QueryContext&) { return not_followed(); }
QueryResult list_restrictions(const QueryContext&) { return not_followed(); }
QueryResult list_app_requests(const QueryContext&) { return not_followed(); }
QueryResult list_requests(const QueryContext&) { return not_followed(); }
QueryResult show_request(const QueryContext&) { return not_followed(); }
QueryResult list_subscriptions(const QueryContext&) { return not_followed(); }
QueryResult list_members(const QueryContext&) { return not_followed(); }
QueryResult show_member(const QueryContext&) { return not_followed(); }
QueryResult list_roles(const QueryContext&) { return not_followed(); }
QueryResult show_role(const QueryContext&) { return not_followed(); }
QueryResult list_groups(const QueryContext&) { return not_followed(); }
QueryResult show_group(const QueryContext&) { return not_followed(); }
QueryResult list_events(const QueryContext&) { return not_followed(); }
QueryResult show_event(const QueryContext&) { return not_followed(); }

}  // namespace gatehouse::api
