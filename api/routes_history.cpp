#include "api/explanation/explain.hpp"
#include "api/feed/feed_run.hpp"
#include "api/media_type.hpp"
#include "api/queries/queries.hpp"
#include "api/route_table.hpp"
#include "api/simulation/simulate.hpp"
#include "projections/audit.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view told_as_events =
    "A feed that goes on: CloudEvents whose ids are positions. A comment and an id without data, at least every 15 "
    "seconds, say that everything up to there was told or passed over.";
constexpr std::string_view told_as_lines =
    "The same feed as an event a line, in the form of the list. {\"heartbeat\":{\"position\":812}}, at least every 15 "
    "seconds, says that everything up to there was told or passed over.";

std::vector<Route> event_routes() {
  return {
      {.path = "/v1/accounts/{account_id}/events",
       .name = "listEvents",
       .who = Who::auditor_or_view,
       .summary = "The account's history, ascending: every event that matches all filters; as a feed that goes on when "
                  "Accept asks for text/event-stream or "
                  "JSON lines.",
       .answers = Route::Answers::list,
       .other_media_types = {{event_stream_type, told_as_events}, {json_lines_type, told_as_lines}},
       .other_endpoint = follow_events,
       .parameters =
           {{.name = "after",
             .type = ParameterType::number,
             .meaning = "Events after this position; from the beginning unless it is sent. A feed is refused when it "
                        "is beyond the "
                        "log's end."},
            {.name = "limit",
             .type = ParameterType::number,
             .meaning = "How many events at most: 1 to 1,000. Of a list, page_size unless it is sent; a feed ends "
                        "there, and never "
                        "unless it is sent. A feed takes no page_size, next_page_token, consistency and min_position.",
             .min = 1,
             .max = 1'000},
            {.name = "type", .type = ParameterType::text, .meaning = "Events of this type, for example AppInstalled."},
            {.name = "app_id", .type = ParameterType::id, .meaning = "Events about this app."},
            {.name = "user_id", .type = ParameterType::id, .meaning = "Events that name this user."},
            {.name = "actor_id", .type = ParameterType::id, .meaning = "Events of commands by this actor."},
            {.name = "from", .type = ParameterType::time, .meaning = "Events recorded at this time or later."},
            {.name = "to", .type = ParameterType::time, .meaning = "Events recorded before this time."}},
       .headers = {{.name = "Last-Event-ID",
                    .type = ParameterType::number,
                    .meaning =
                        "Of a feed: the id of the last event or heartbeat that the client knows, which it goes on "
                        "after; counts before after. 204 when the feed's end, to, is over and there is nothing left to "
                        "tell."}},
       .errors = {"position_beyond_end"},
       .projections = {audit_projection},
       .endpoint = Query(list_events)},
      {.path = "/v1/accounts/{account_id}/events/{position}",
       .name = "showEvent",
       .who = Who::auditor_or_view,
       .summary = "One event of the account.",
       .missing = "event_not_found",
       .endpoint = Query(show_event)},
  };
}

// Why, and what if.
std::vector<Route> question_routes() {
  return {
      {.path = "/v1/accounts/{account_id}/events/{position}/explanation",
       .name = "explainEvent",
       .who = Who::auditor_or_view,
       .summary = "Why: the command decided again on the state of its moment, the rules it was held to, and every row "
                  "that it looked at with the events that had set its members.",
       .answer_schema = append_event_explanation_schema,
       .errors = {"busy"},
       .rests_on_past = true,
       .takes_long = true,
       .missing = "event_not_found",
       .endpoint = Query(explain_event)},
      {.path = "/v1/accounts/{account_id}/apps/{app_id}/installability/explanation",
       .name = "explainInstallability",
       .who = Who::decisions,
       .summary = "Why a user may or may not install the app, now or as of then: every step of the gate, and every row "
                  "that it looked at with the events that had set its members.",
       .answer_schema = append_installability_explanation_schema,
       .parameters = {{.name = "user_id",
                       .type = ParameterType::id,
                       .meaning = "Whose; the caller's own unless it is sent."},
                      {.name = "credentials",
                       .type = ParameterType::choice,
                       .meaning = "Which credentials; production unless said otherwise.",
                       .choices = {"production", "development"}}},
       .errors = {"user_not_found"},
       .rests_on_past = true,
       .missing = "app_not_found",
       .endpoint = Query(explain_installability)},
      {.method = "POST",
       .path = "/v1/accounts/{account_id}/simulations",
       .name = "simulate",
       .who = Who::auditor_or_view,
       .summary = "What if: tries a command, or up to 100 of them, without appending anything, and answers what would "
                  "happen, who would gain or lose the right to install what, and which installations would stop.",
       .answer_schema = append_simulation_schema,
       .body_schema = R"({"$ref":"#/components/schemas/AccountCommands"})",
       .parameters = {{.name = "as_user_id",
                       .type = ParameterType::id,
                       .meaning =
                           "Who gives the commands; the caller unless it is sent. Confirmations are taken as given."},
                      {.name = "app_id",
                       .type = ParameterType::id,
                       .meaning =
                           "Compares the rights to this app alone; to every app that may differ unless it is sent."},
                      {.name = "after_user_id",
                       .type = ParameterType::id,
                       .meaning = "Goes on comparing after this member: next_after_user_id of the answer before."}},
       .errors = {"app_not_found", "user_not_found", "busy", "unknown_command", "unknown_field", "invalid_field",
                  "malformed_json", "manifest_invalid", "unsupported_media_type"},
       .takes_long = true,
       .endpoint = Query(simulate)},
  };
}

}  // namespace

std::vector<Route> history_routes() {
  auto routes = event_routes();
  for (auto& route : question_routes())
    routes.push_back(std::move(route));
  return routes;
}

}  // namespace gatehouse::api
