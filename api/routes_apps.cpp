#include "api/queries/queries.hpp"
#include "api/route_table.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"
#include "projections/notifications.hpp"

namespace gatehouse::api {
namespace {

ParameterSpec credentials(std::string_view meaning) {
  return {.name = "credentials",
          .type = ParameterType::choice,
          .meaning = meaning,
          .choices = {"production", "development"}};
}

std::vector<Route> catalogue_part() {
  return {
      {.path = "/v1/accounts/{account_id}/apps",
       .name = "listApps",
       .who = Who::member,
       .summary = "Apps that the account can see, by name, each with what the caller can do with it.",
       .answers = Route::Answers::list,
       .parameters = {{.name = "q",
                       .type = ParameterType::text,
                       .meaning = "Words that name or description must hold."},
                      {.name = "category", .type = ParameterType::text, .meaning = "Apps of this category."},
                      {.name = "developer",
                       .type = ParameterType::choice,
                       .meaning = "Apps of this kind of developer.",
                       .choices = {"platform", "third_party", "account"}},
                      {.name = "level",
                       .type = ParameterType::choice,
                       .meaning = "Apps managed by users, or by admins.",
                       .choices = {"user", "account"}},
                      {.name = "scope", .type = ParameterType::text, .meaning = "Apps that ask for this scope."},
                      {.name = "sort",
                       .type = ParameterType::choice,
                       .meaning = "By name (unless said otherwise), or the newest first.",
                       .choices = {"name", "newest"}}},
       .projections = {catalogue_projection},
       .endpoint = Query(list_apps)},
      {.path = "/v1/accounts/{account_id}/apps/{app_id}",
       .name = "showApp",
       .who = Who::member,
       .summary = "The app's page: facts, scopes with descriptions, and what the caller can do with it.",
       .missing = "app_not_found",
       .endpoint = Query(show_app)},
      {.path = "/v1/accounts/{account_id}/apps/{app_id}/installability",
       .name = "showInstallability",
       .who = Who::self_or_view,
       .summary = "Whether a user may install the app now, with every condition that is not met.",
       .parameters = {{.name = "user_id",
                       .type = ParameterType::id,
                       .meaning = "Whose; the caller's own unless it is sent."},
                      credentials("Which credentials; production unless said otherwise.")},
       .errors = {"user_not_found"},
       .keeps_answers = true,
       .missing = "app_not_found",
       .endpoint = Query(show_installability)},
  };
}

std::vector<Route> governance_part() {
  return {
      {.path = "/v1/accounts/{account_id}/apps/{app_id}/approval",
       .name = "showApproval",
       .who = Who::view,
       .summary = "Pre-approval of the app on the account: state, audience, counts.",
       .missing = "app_not_found",
       .endpoint = Query(show_approval)},
      {.path = "/v1/accounts/{account_id}/apps/{app_id}/allow-list",
       .name = "listAllowList",
       .who = Who::view,
       .summary = "Who may install the app when its audience is selected: members, groups, and addresses that wait for "
                  "their member.",
       .answers = Route::Answers::list,
       .missing = "app_not_found",
       .endpoint = Query(list_allow_list)},
      {.path = "/v1/accounts/{account_id}/permissions",
       .name = "showPermissions",
       .who = Who::view,
       .summary = "Both approval policies and the block on installations by members.",
       .endpoint = Query(show_permissions)},
      {.path = "/v1/accounts/{account_id}/notification-settings",
       .name = "showNotificationSettings",
       .who = Who::view,
       .summary = "Whether mails about requests are sent, and who would get one now.",
       .endpoint = Query(show_notification_settings)},
      {.path = "/v1/accounts/{account_id}/notifications",
       .name = "listNotifications",
       .who = Who::view,
       .summary = "Who was told about requests by mail, and what became of each mail, the latest first.",
       .answers = Route::Answers::list,
       .parameters = {{.name = "status",
                       .type = ParameterType::choice,
                       .meaning = "Notifications in this state. due: a mail is still to go out; failed: one was given "
                                  "up; suppressed: nobody was "
                                  "to be told; no_recipient: there was nobody to tell.",
                       .choices = {"due", "sent", "failed", "suppressed", "no_recipient"}}},
       .projections = {notifications_projection},
       .endpoint = Query(list_notifications)},
      {.path = "/v1/accounts/{account_id}/approvals",
       .name = "listApprovals",
       .who = Who::view,
       .summary = "Apps that are pre-approved on the account, by app id.",
       .answers = Route::Answers::list,
       .projections = {approvals_projection},
       .endpoint = Query(list_approvals)},
      {.path = "/v1/accounts/{account_id}/restrictions",
       .name = "listRestrictions",
       .who = Who::view,
       .summary = "Apps that are restricted on the account, by app id.",
       .answers = Route::Answers::list,
       .projections = {approvals_projection},
       .endpoint = Query(list_restrictions)},
  };
}

}  // namespace

std::vector<Route> app_routes() {
  auto all = catalogue_part();
  for (auto& route : governance_part())
    all.push_back(std::move(route));
  return all;
}

}  // namespace gatehouse::api
