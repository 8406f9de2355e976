// The vendor's governance API (Z1 to Z8 of its documents), for clients that speak it already.
#include <algorithm>
#include <utility>

#include "api/route_table.hpp"
#include "api/zoom/governance.hpp"
#include "api/zoom/queries.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/requests.hpp"

namespace gatehouse::api {
namespace {

std::vector<Route> queries() {
  return {
      {.path = "/v2/marketplace/apps",
       .name = "zoomListApps",
       .who = Who::view,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:read:list_apps:admin", "marketplace_app:read:admin"},
       .summary = "Apps that were asked for, that are public, the account's own, approved, restricted or added.",
       .answers = Route::Answers::list,
       .parameters = {{.name = "type",
                       .type = ParameterType::choice,
                       .meaning = "Which apps; active_requests unless said otherwise.",
                       .choices = {"active_requests", "past_requests", "public", "account_created", "approved_apps",
                                   "restricted_apps", "account_added"}}},
       .projections = {inbox_projection, requests_projection, catalogue_projection, approvals_projection},
       .endpoint = Query(zoom::list_apps)},
      {.path = "/v2/marketplace/apps/{app_id}",
       .name = "zoomShowApp",
       .who = Who::view,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:read:app:admin", "marketplace:read:app", "marketplace_app:read:admin",
                        "marketplace_app:read"},
       .summary = "One app: links, permissions, requirements, scopes.",
       .missing = "app_not_found",
       .endpoint = Query(zoom::show_app)},
      {.path = "/v2/marketplace/apps/{app_id}/requests",
       .name = "zoomListRequests",
       .who = Who::view,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:read:app_request:admin", "marketplace_app:read:admin"},
       .summary = "Who asked for the app.",
       .answers = Route::Answers::list,
       .parameters = {{.name = "status",
                       .type = ParameterType::choice,
                       .meaning = "Requests with this status; pending unless said otherwise.",
                       .choices = {"pending", "approved", "rejected"}}},
       .projections = {requests_projection},
       .missing = "app_not_found",
       .endpoint = Query(zoom::list_requests)},
      {.path = "/v2/marketplace/users/{user_id}/apps",
       .name = "zoomListUserRequests",
       .who = Who::view,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:read:list_user_app_requests:admin", "marketplace:read:list_user_app_requests",
                        "marketplace_app:read:admin", "marketplace_app:read"},
       .summary = "What a user asked for.",
       .answers = Route::Answers::list,
       .parameters = {{.name = "type",
                       .type = ParameterType::choice,
                       .meaning = "Pending requests, or decided ones; active_requests unless said otherwise.",
                       .choices = {"active_requests", "past_requests"}}},
       .projections = {requests_projection},
       .missing = "user_not_found",
       .endpoint = Query(zoom::list_user_requests)},
  };
}

std::vector<Route> commands() {
  return {
      {.method = "POST",
       .path = "/v2/marketplace/apps/{app_id}/preApprove",
       .name = "zoomPreApprove",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:write:app_pre_approve:admin", "marketplace_app:write:admin"},
       .summary = "Switches pre-approval of the app on or off, for all or for users and groups.",
       .success = 201,
       .endpoint = Direct(zoom::pre_approve)},
      {.method = "POST",
       .path = "/v2/marketplace/apps/{app_id}/requests",
       .name = "zoomAddForUsers",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:write:app_request:admin", "marketplace_app:write:admin"},
       .summary = "Adds the app for all, for users or for groups.",
       .success = 201,
       .endpoint = Direct(zoom::add_for_users)},
      {.method = "PATCH",
       .path = "/v2/marketplace/apps/{app_id}/requests",
       .name = "zoomDecideRequests",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:update:app_request:admin", "marketplace_app:write:admin"},
       .summary = "Approves, declines or cancels requests for the app.",
       .success = 204,
       .endpoint = Direct(zoom::decide_requests)},
      {.method = "PATCH",
       .path = "/v2/marketplace/users/{user_id}/apps/{app_id}/subscription",
       .name = "zoomSwitchSubscription",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:write:app:admin", "marketplace_app:write:admin"},
       .summary = "Switches one user's subscription of the app on or off.",
       .success = 204,
       .endpoint = Direct(zoom::switch_subscription)},
  };
}

}  // namespace

std::vector<Route> zoom_routes() {
  auto all = queries();
  for (auto& route : commands())
    all.push_back(std::move(route));
  // The documents take the methods of a path together.
  std::ranges::sort(all, {}, [](const Route& route) { return std::pair(route.path, route.method); });
  return all;
}

}  // namespace gatehouse::api
