#include "api/queries/queries.hpp"
#include "api/query_run.hpp"
#include "api/route_table.hpp"
#include "projections/inbox.hpp"
#include "projections/requests.hpp"

namespace gatehouse::api {
namespace {

ParameterSpec request_kind() {
  return {.name = "kind",
          .type = ParameterType::choice,
          .meaning = "Requests of this kind.",
          .choices = {"pre_approval", "install"}};
}
ParameterSpec app_id() { return {.name = "app_id", .type = ParameterType::id, .meaning = "Of this app."}; }
ParameterSpec user_id() { return {.name = "user_id", .type = ParameterType::id, .meaning = "Of this user."}; }

}  // namespace

std::vector<Route> request_routes() {
  return {
      {.path = "/v1/accounts/{account_id}/app-requests",
       .name = "listAppRequests",
       .who = Who::view,
       .summary = "The inbox: apps that somebody asked for, the latest request first, with counts.",
       .answers = Route::Answers::list,
       .stream_event = "app",
       .parameters = {request_kind(),
                      {.name = "state",
                       .type = ParameterType::choice,
                       .meaning = "active: with a pending request; past: with none. Both when absent.",
                       .choices = {"active", "past"}}},
       .projections = {inbox_projection},
       .endpoint = Query(list_app_requests)},
      {.path = "/v1/accounts/{account_id}/requests",
       .name = "listRequests",
       .who = Who::self_or_view,
       .summary = "Requests, the newest first. A user_id of me is the caller's own.",
       .answers = Route::Answers::list,
       .stream_event = "request",
       .parameters = {request_kind(),
                      {.name = "status",
                       .type = ParameterType::choice,
                       .meaning = "Requests with this outcome.",
                       .choices = {"pending", "approved", "fulfilled", "rejected", "withdrawn", "cancelled"}},
                      app_id(),
                      user_id()},
       .projections = {requests_projection},
       .endpoint = Query(list_requests)},
      {.path = "/v1/accounts/{account_id}/requests/{request_id}",
       .name = "showRequest",
       .who = Who::self_or_view,
       .summary = "One request with its decision and its history.",
       .stream_event = "request",
       .parameters = {{.name = "wait",
                       .type = ParameterType::number,
                       .meaning =
                           "While the request is pending, wait so many seconds for the decision before answering.",
                       .max = long_poll_seconds_max}},
       .missing = "request_not_found",
       .endpoint = Query(show_request)},
      {.path = "/v1/accounts/{account_id}/subscriptions",
       .name = "listSubscriptions",
       .who = Who::self_or_view,
       .summary = "Installations with their state and, when suspended, all causes.",
       .answers = Route::Answers::list,
       .parameters = {app_id(),
                      user_id(),
                      {.name = "state",
                       .type = ParameterType::choice,
                       .meaning = "Subscriptions in this state.",
                       .choices = {"active", "disabled", "uninstalled"}},
                      {.name = "credentials",
                       .type = ParameterType::choice,
                       .meaning = "With these credentials.",
                       .choices = {"production", "development"}},
                      {.name = "scope",
                       .type = ParameterType::choice,
                       .meaning = "Of one user, or of the whole account.",
                       .choices = {"user", "account"}}},
       .endpoint = Query(list_subscriptions)},
  };
}

}  // namespace gatehouse::api
