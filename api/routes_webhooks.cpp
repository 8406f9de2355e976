#include "api/queries/queries.hpp"
#include "api/route_table.hpp"
#include "projections/webhooks.hpp"

namespace gatehouse::api {
namespace {

// The same four for an account and for the platform: `names` are those of the operations.
struct Names {
  std::string_view list;
  std::string_view show;
  std::string_view secret;
  std::string_view deliveries;
};
struct Paths {
  std::string_view list;
  std::string_view show;
  std::string_view secret;
  std::string_view deliveries;
};

std::vector<Route> routes_for(Who who, Who who_keeps, const Paths& paths, const Names& names, std::string_view whose) {
  return {
      {.path = paths.list,
       .name = names.list,
       .who = who,
       .summary = whose,
       .answers = Route::Answers::list,
       .parameters = {{.name = "app_id", .type = ParameterType::id, .meaning = "Those of this app instead."}},
       .errors = {"app_not_found"},
       .projections = {webhooks_projection},
       .endpoint = Query(list_webhooks)},
      {.path = paths.show,
       .name = names.show,
       .who = who,
       .summary = "One webhook endpoint: whether it is valid, and how many messages wait for it.",
       .projections = {webhooks_projection},
       .missing = "webhook_not_found",
       .endpoint = Query(show_webhook)},
      {.path = paths.secret,
       .name = names.secret,
       .who = who_keeps,
       .summary = "The secret that signs the endpoint's messages, and the earlier one while it does as well.",
       .projections = {webhooks_projection},
       .answers_past = false,
       .missing = "webhook_not_found",
       .endpoint = Query(show_webhook_secret)},
      {.path = paths.deliveries,
       .name = names.deliveries,
       .who = who,
       .summary = "Messages to the endpoint with every attempt, the latest event first; the last thousand are kept.",
       .answers = Route::Answers::list,
       .parameters = {{.name = "status",
                       .type = ParameterType::choice,
                       .meaning = "Messages in this state. retrying: tried, and to be tried again; failed: given up.",
                       .choices = {"retrying", "delivered", "failed"}}},
       .projections = {webhooks_projection},
       .missing = "webhook_not_found",
       .endpoint = Query(list_webhook_deliveries)},
  };
}

}  // namespace

std::vector<Route> webhook_routes() {
  auto routes = routes_for(Who::view, Who::edit,
                           {"/v1/accounts/{account_id}/webhooks", "/v1/accounts/{account_id}/webhooks/{endpoint_id}",
                            "/v1/accounts/{account_id}/webhooks/{endpoint_id}/secret",
                            "/v1/accounts/{account_id}/webhooks/{endpoint_id}/deliveries"},
                           {"listWebhooks", "showWebhook", "showWebhookSecret", "listWebhookDeliveries"},
                           "The account's webhook endpoints.");
  auto platform =
      routes_for(Who::platform, Who::platform,
                 {"/v1/platform/webhooks", "/v1/platform/webhooks/{endpoint_id}",
                  "/v1/platform/webhooks/{endpoint_id}/secret", "/v1/platform/webhooks/{endpoint_id}/deliveries"},
                 {"listAppWebhooks", "showAppWebhook", "showAppWebhookSecret", "listAppWebhookDeliveries"},
                 "Webhook endpoints of apps, whoever keeps the app.");
  routes.insert(routes.end(), platform.begin(), platform.end());
  return routes;
}

}  // namespace gatehouse::api
