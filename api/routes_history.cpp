#include "api/feed/feed_run.hpp"
#include "api/media_type.hpp"
#include "api/queries/queries.hpp"
#include "api/route_table.hpp"
#include "projections/audit.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view told_as_events =
    "A feed that goes on: CloudEvents whose ids are positions. A comment and an id without data, at least every 15 "
    "seconds, say that everything up to there was told or passed over.";
constexpr std::string_view told_as_lines =
    "The same feed as an event a line, in the form of the list. {\"heartbeat\":{\"position\":812}}, at least every 15 "
    "seconds, says that everything up to there was told or passed over.";

}  // namespace

std::vector<Route> history_routes() {
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
                        "after; counts before after."}},
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

}  // namespace gatehouse::api
