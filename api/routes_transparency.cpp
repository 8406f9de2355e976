#include "api/route_table.hpp"
#include "api/transparency/export_run.hpp"
#include "api/transparency/log_endpoints.hpp"
#include "api/transparency/proof_endpoints.hpp"

namespace gatehouse::api {
namespace {

constexpr auto document = Route::Answers::document;

const ParameterSpec consistency_of_proofs{
    .name = "consistency",
    .type = ParameterType::choice,
    .meaning = "linearizable (unless said otherwise): of every event acknowledged before. eventual: of those that the "
               "published checkpoint covers, without waiting for witnesses.",
    .choices = {"linearizable", "eventual"}};

const std::vector<ParameterSpec> export_parameters{
    {.name = "after",
     .type = ParameterType::number,
     .meaning =
         "Events after this position, the through of an earlier export's manifest; from the beginning unless it is "
         "sent. One that is beyond the end is refused."},
    consistency_of_proofs};

std::vector<Route> public_part() {
  return {
      {.path = "/log/checkpoint",
       .name = "showCheckpoint",
       .who = Who::open,
       .summary = "The signed head of the tree over the log (C2SP tlog-checkpoint).",
       .answers = document,
       .media_type = "text/plain",
       .errors = {"checkpoint_behind"},
       .endpoint = Direct(show_checkpoint)},
      {.path = "/log/tile/{tile...}",
       .name = "showTile",
       .who = Who::open,
       .summary = "A tile of hashes, <level>/<index>, or a bundle of entries, entries/<index>; .p/<width> behind a "
                  "partial one (C2SP tlog-tiles). The slashes stand in the path as they are.",
       .answers = document,
       .media_type = "application/octet-stream",
       .errors = {"checkpoint_behind"},
       .missing = "tile_not_found",
       .endpoint = Direct(show_tile)},
      {.path = "/log/verifier-key",
       .name = "showVerifierKey",
       .who = Who::open,
       .summary = "The key that checkpoints and exports are signed with (C2SP signed-note).",
       .answers = document,
       .media_type = "text/plain",
       .endpoint = Direct(show_verifier_key)},
  };
}

std::vector<Route> account_part() {
  return {
      {.path = "/v1/accounts/{account_id}/events/{position}/proof",
       .name = "proveEvent",
       .who = Who::auditor_or_view,
       .summary =
           "The proof that the event is in the log, to keep (C2SP tlog-proof); its extra data is the stored event.",
       .answers = document,
       .media_type = "text/plain",
       .errors = {"checkpoint_behind"},
       .missing = "event_not_found",
       .endpoint = Direct(prove_event)},
      {.path = "/v1/accounts/{account_id}/completeness",
       .name = "proveCompleteness",
       .who = Who::auditor_or_view,
       .summary = "The proof that the account's history is complete up to a version.",
       .parameters = {consistency_of_proofs},
       .errors = {"checkpoint_behind"},
       .endpoint = Direct(prove_completeness)},
      {.path = "/v1/accounts/{account_id}/export",
       .name = "exportAccount",
       .who = Who::auditor_or_view,
       .summary = "The account's whole history with a signed manifest, as a stream.",
       .answers = document,
       .media_type = "application/x-ndjson",
       .other_media_types = {{.type = "text/csv"}, {.type = "application/cloudevents-batch+json"}},
       .parameters = export_parameters,
       .errors = {"checkpoint_behind", "position_beyond_end"},
       .endpoint = Direct(export_history)},
      {.path = "/v1/platform/export",
       .name = "exportAll",
       .who = Who::platform,
       .token_scopes = {"auditor"},
       .summary = "The history of all accounts with a signed manifest, as a stream.",
       .answers = document,
       .media_type = "application/x-ndjson",
       .other_media_types = {{.type = "text/csv"}, {.type = "application/cloudevents-batch+json"}},
       .parameters = export_parameters,
       .errors = {"checkpoint_behind", "position_beyond_end"},
       .endpoint = Direct(export_history)},
  };
}

}  // namespace

std::vector<Route> transparency_routes() {
  auto all = account_part();
  for (auto& route : public_part())
    all.push_back(std::move(route));
  return all;
}

}  // namespace gatehouse::api
