#include "api/operations/parked_endpoints.hpp"
#include "api/operations/projection_endpoints.hpp"
#include "api/route_table.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view missing = "projection_not_found";
constexpr ParameterSpec compare_only{.name = "compare_only",
                                     .type = ParameterType::flag,
                                     .meaning = "Compare the new rows with those that serve, and let them go again."};

std::vector<Route> projection_part() {
  return {
      {.path = "/v1/ops/projections",
       .name = "listProjections",
       .who = Who::ops,
       .summary = "Every read model: version, state, position, lag, speed, last error, what is parked, how a rebuild "
                  "goes on and what the last one came to.",
       .answers = Route::Answers::list,
       .is_tagged = true,
       .endpoint = Direct(list_projections)},
      {.path = "/v1/ops/projections/{name}",
       .name = "showProjection",
       .who = Who::ops,
       .summary = "One read model.",
       .is_tagged = true,
       .missing = missing,
       .endpoint = Direct(show_projection)},
  };
}

std::vector<Route> rebuild_part() {
  return {
      {.method = "POST",
       .path = "/v1/ops/rebuild",
       .name = "rebuildAllProjections",
       .who = Who::ops,
       .summary = "Makes the rows of all read models anew, in one reading of the log, while those of now serve.",
       .success = 202,
       .parameters = {compare_only},
       .errors = {"rebuild_running", "stopping"},
       .endpoint = Direct(rebuild_all_projections)},
      {.method = "DELETE",
       .path = "/v1/ops/rebuild",
       .name = "cancelAllRebuilds",
       .who = Who::ops,
       .summary = "Gives up making rows anew, of whatever read models it is.",
       .success = 202,
       .errors = {"no_rebuild"},
       .endpoint = Direct(cancel_all_rebuilds)},
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/rebuild",
       .name = "rebuildProjection",
       .who = Who::ops,
       .summary = "Makes the read model's rows anew from the log while those of now serve, compares them, and has them "
                  "take over; the former are kept up until they are retired. The log's own state is only compared.",
       .success = 202,
       .parameters = {compare_only},
       .errors = {"rebuild_running", "stopping"},
       .missing = missing,
       .endpoint = Direct(rebuild_projection)},
      {.method = "DELETE",
       .path = "/v1/ops/projections/{name}/rebuild",
       .name = "cancelRebuild",
       .who = Who::ops,
       .summary = "Gives up making the read model's rows anew.",
       .success = 202,
       .errors = {"no_rebuild"},
       .missing = missing,
       .endpoint = Direct(cancel_rebuild)},
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/rebuild/pause",
       .name = "pauseRebuild",
       .who = Who::ops,
       .summary = "Holds the rebuild that the read model is part of.",
       .success = 202,
       .errors = {"no_rebuild"},
       .missing = missing,
       .endpoint = Direct(pause_rebuild)},
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/rebuild/resume",
       .name = "resumeRebuild",
       .who = Who::ops,
       .summary = "Goes on with it.",
       .success = 202,
       .errors = {"no_rebuild"},
       .missing = missing,
       .endpoint = Direct(resume_rebuild)},
  };
}

std::vector<Route> replaced_rows_part() {
  return {
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/rollback",
       .name = "rollBackProjection",
       .who = Who::ops,
       .summary = "The rows that the last rebuild replaced serve again, at once; those that served are kept.",
       .errors = {"rebuild_running", "nothing_kept", "projection_behind"},
       .missing = missing,
       .endpoint = Direct(roll_back_projection)},
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/retire",
       .name = "retireKeptRows",
       .who = Who::ops,
       .summary = "Lets go of the rows that are kept to go back to.",
       .errors = {"nothing_kept", "projection_behind"},
       .missing = missing,
       .endpoint = Direct(retire_kept_rows)},
  };
}

std::vector<Route> parked_part() {
  return {
      {.path = "/v1/ops/projections/{name}/parked",
       .name = "listParked",
       .who = Who::ops,
       .summary = "Streams that the read model holds back because it could not take one of their events: which event, "
                  "why, and the last attempts.",
       .missing = missing,
       .endpoint = Direct(list_parked)},
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/parked/{stream}/retry",
       .name = "retryParked",
       .who = Who::ops,
       .summary = "Records in the log that the event is tried once more, and tries it and what followed it.",
       .success = 202,
       .errors = {"nothing_parked", "rebuild_running", "read_only", "disk_full", "busy", "stopping", "outcome_unknown"},
       .missing = missing,
       .endpoint = Direct(retry_parked)},
      {.method = "POST",
       .path = "/v1/ops/projections/{name}/parked/{stream}/skip",
       .name = "skipParked",
       .who = Who::ops,
       .summary = "Records in the log that the read model does without the event, and goes on with what followed it.",
       .success = 202,
       .body_schema = R"({"type":"object","required":["reason"],"additionalProperties":false,"properties":)"
                      R"({"reason":{"type":"string","minLength":1,"maxLength":1000}}})",
       .parameters = {{.name = "position",
                       .type = ParameterType::number,
                       .meaning = "Of the event that is parked, as a check that it is still the one that was looked "
                                  "at; without it the one "
                                  "that is parked now.",
                       .min = 1}},
       .errors = {"nothing_parked", "rebuild_running", "malformed_json", "invalid_field", "unknown_field", "read_only",
                  "disk_full", "busy", "stopping", "outcome_unknown"},
       .missing = missing,
       .endpoint = Direct(skip_parked)},
  };
}

}  // namespace

std::vector<Route> projection_routes() {
  auto all = projection_part();
  for (auto part : {rebuild_part(), replaced_rows_part(), parked_part()})
    all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  return all;
}

}  // namespace gatehouse::api
