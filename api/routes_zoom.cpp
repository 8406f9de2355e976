// The vendor's API (Z1 to Z13 and Z19 of its documents), for clients that speak it already.
#include <algorithm>
#include <utility>

#include "api/oauth/token_endpoint.hpp"
#include "api/route_table.hpp"
#include "api/zoom/catalogue.hpp"
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
       .list_member = "apps",
       .parameters = {{.name = "type",
                       .type = ParameterType::choice,
                       .meaning = "Which apps; active_requests unless said otherwise.",
                       .choices = {"active_requests", "past_requests", "public", "account_created", "approved_apps",
                                   "restricted_apps", "account_added"}}},
       .projections = {inbox_projection, catalogue_projection, approvals_projection, requests_projection},
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
       .list_member = "requests",
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
       .list_member = "apps",
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
       .body_schema =
           R"({"type":"object","required":["action"],"properties":{"action":{"enum":["approve_all","approve_user","disapprove_user","approve_group","disapprove_group","disapprove_all"]},"user_ids":{"type":"array","items":{"type":"string"},"maxItems":20},"group_ids":{"type":"array","items":{"type":"string"},"maxItems":20}}})",
       .endpoint = Direct(zoom::pre_approve)},
      {.method = "POST",
       .path = "/v2/marketplace/apps/{app_id}/requests",
       .name = "zoomAddForUsers",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:write:app_request:admin", "marketplace_app:write:admin"},
       .summary = "Adds the app for all, for users or for groups.",
       .success = 201,
       .body_schema =
           R"({"type":"object","required":["action"],"properties":{"action":{"enum":["add_all","add_user","add_group"]},"user_ids":{"type":"array","items":{"type":"string"},"maxItems":1000},"group_ids":{"type":"array","items":{"type":"string"},"maxItems":1000}}})",
       .endpoint = Direct(zoom::add_for_users)},
      {.method = "PATCH",
       .path = "/v2/marketplace/apps/{app_id}/requests",
       .name = "zoomDecideRequests",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:update:app_request:admin", "marketplace_app:write:admin"},
       .summary = "Approves, declines or cancels requests for the app.",
       .success = 204,
       .body_schema =
           R"({"type":"object","required":["action"],"properties":{"action":{"enum":["approve_all","approve","decline_all","decline","cancel"]},"request_user_ids":{"type":"array","items":{"type":"string"},"maxItems":1000}}})",
       .endpoint = Direct(zoom::decide_requests)},
      {.method = "PATCH",
       .path = "/v2/marketplace/users/{user_id}/apps/{app_id}/subscription",
       .name = "zoomSwitchSubscription",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:write:app:admin", "marketplace_app:write:admin"},
       .summary = "Switches one user's subscription of the app on or off.",
       .success = 204,
       .body_schema =
           R"({"type":"object","required":["action"],"properties":{"action":{"enum":["enable","disable"]}}})",
       .endpoint = Direct(zoom::switch_subscription)},
  };
}

// On apps of the account's own.
std::vector<Route> catalogue() {
  const std::vector<std::string_view> reads{"marketplace:read:app:admin", "marketplace:read:app",
                                            "marketplace_app:read:admin", "marketplace_app:read"};
  const std::vector<std::string_view> writes{"marketplace:write:app:admin", "marketplace:write:app",
                                             "marketplace_app:write:admin", "marketplace_app:write"};
  return {
      {.method = "POST",
       .path = "/v2/marketplace/apps",
       .name = "zoomCreateApp",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = writes,
       .summary = "Registers an app of the account with its credentials; the secrets are shown this once.",
       .success = 201,
       .body_schema =
           R"({"type":"object","required":["app_type","app_name","contact_name","contact_email","company_name"],"properties":{"app_type":{"enum":["s2s_oauth","meeting_sdk","general"]},"app_name":{"type":"string","maxLength":50},"contact_name":{"type":"string","maxLength":150},"contact_email":{"type":"string"},"company_name":{"type":"string","maxLength":150},"scopes":{"type":"array","items":{"type":"string"}},"active":{"type":"boolean"},"publish":{"type":"boolean"},"manifest":{"type":"object","description":"needed for general"}}})",
       .endpoint = Direct(zoom::create_app)},
      {.method = "DELETE",
       .path = "/v2/marketplace/apps/{app_id}",
       .name = "zoomDeleteApp",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = writes,
       .summary = "Withdraws the app, for good.",
       .success = 204,
       .endpoint = Direct(zoom::delete_app)},
      {.method = "POST",
       .path = "/v2/marketplace/apps/manifest/validate",
       .name = "zoomValidateManifest",
       .who = Who::view,
       .dialect = Dialect::zoom,
       .token_scopes = reads,
       .summary = "Says what is wrong with a manifest; 200 in both cases.",
       .body_schema =
           R"({"type":"object","required":["manifest"],"properties":{"manifest":{"type":"object"},"app_id":{"type":"string"}}})",
       .missing = "app_not_found",
       .endpoint = Query(zoom::validate_manifest)},
      {.path = "/v2/marketplace/apps/{app_id}/manifest",
       .name = "zoomExportManifest",
       .who = Who::view,
       .dialect = Dialect::zoom,
       .token_scopes = reads,
       .summary = "The app's manifest.",
       .missing = "app_not_found",
       .endpoint = Query(zoom::export_manifest)},
      {.method = "PUT",
       .path = "/v2/marketplace/apps/{app_id}/manifest",
       .name = "zoomReplaceManifest",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = writes,
       .summary = "Another manifest in place of the app's.",
       .success = 204,
       .body_schema = R"({"type":"object","required":["manifest"],"properties":{"manifest":{"type":"object"}}})",
       .endpoint = Direct(zoom::replace_manifest)},
      {.method = "POST",
       .path = "/v2/marketplace/apps/{app_id}/rotate_client_secret",
       .name = "zoomRotateSecret",
       .who = Who::command,
       .dialect = Dialect::zoom,
       .token_scopes = {"marketplace:update:client_secret", "marketplace:update:client_secret:admin"},
       .summary = "A new client secret, shown this once, or another end for the old one.",
       .success = 201,
       .body_schema =
           R"({"type":"object","required":["action","revoke_old_secret_time"],"properties":{"action":{"enum":["new","update"]},"revoke_old_secret_time":{"type":"string","description":"now, or a time in UTC within 30 days"}}})",
       .endpoint = Direct(zoom::rotate_secret)},
  };
}

// Where the apps above get their tokens.
Route token_route() {
  return {
      .method = "POST",
      .path = "/oauth/token",
      .name = "issueToken",
      .who = Who::open,
      .dialect = Dialect::oauth,
      .summary =
          "An access token for an app: client_credentials, or account_credentials for the user who registered it.",
      .body_schema =
          R"({"type":"object","required":["grant_type"],"properties":{"grant_type":{"enum":["client_credentials","account_credentials"]},"account_id":{"type":"string"},"scope":{"type":"string"},"client_id":{"type":"string"},"client_secret":{"type":"string"}}})",
      .body_media_type = "application/x-www-form-urlencoded",
      .endpoint = Direct(oauth::issue_token)};
}

}  // namespace

std::vector<Route> zoom_routes() {
  auto all = queries();
  for (auto& route : commands())
    all.push_back(std::move(route));
  for (auto& route : catalogue())
    all.push_back(std::move(route));
  all.push_back(token_route());
  // The documents take the methods of a path together.
  std::ranges::sort(all, {}, [](const Route& route) { return std::pair(route.path, route.method); });
  return all;
}

}  // namespace gatehouse::api
