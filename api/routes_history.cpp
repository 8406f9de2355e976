#include "api/feed/feed_run.hpp"
#include "api/media_type.hpp"
#include "api/queries/queries.hpp"
#include "api/route_table.hpp"
#include "projections/audit.hpp"

namespace gatehouse::api {

std::vector<Route> history_routes() {
  return {
      {.path = "/v1/accounts/{account_id}/events",
       .name = "listEvents",
       .who = Who::auditor_or_view,
       .summary = "The account's history, ascending: every event that matches all filters; as a feed that goes on when "
                  "Accept asks for text/event-stream or "
                  "JSON lines.",
       .answers = Route::Answers::list,
       .other_media_types = {event_stream_type, json_lines_type},
       .other_endpoint = follow_events,
       .parameters =
           {{.name = "after",
             .type = ParameterType::number,
             .meaning = "Events after this position; from the beginning unless it is sent."},
            {.name = "limit",
             .type = ParameterType::number,
             .meaning = "How many events at most: 1 to 1,000, page_size unless it is sent.",
             .min = 1,
             .max = 1'000},
            {.name = "type", .type = ParameterType::text, .meaning = "Events of this type, for example AppInstalled."},
            {.name = "app_id", .type = ParameterType::id, .meaning = "Events about this app."},
            {.name = "user_id", .type = ParameterType::id, .meaning = "Events that name this user."},
            {.name = "actor_id", .type = ParameterType::id, .meaning = "Events of commands by this actor."},
            {.name = "from", .type = ParameterType::time, .meaning = "Events recorded at this time or later."},
            {.name = "to", .type = ParameterType::time, .meaning = "Events recorded before this time."}},
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

}  // namespace gatehouse::api
