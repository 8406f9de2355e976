#include "api/command_endpoint.hpp"
#include "api/route_table.hpp"

namespace gatehouse::api {
namespace {

ParameterSpec dry_run() {
  return {.name = "dry_run",
          .type = ParameterType::flag,
          .meaning = "true: decide and answer what would happen, and append nothing."};
}

}  // namespace

std::vector<Route> command_routes() {
  return {
      {.method = "POST",
       .path = "/v1/accounts/{account_id}/commands",
       .name = "runAccountCommands",
       .who = Who::command,
       .summary = "Runs a command, or up to 100 of them all or none, on the account.",
       .parameters = {dry_run()},
       .endpoint = Direct(run_commands)},
      {.method = "POST",
       .path = "/v1/platform/commands",
       .name = "runPlatformCommands",
       .who = Who::platform,
       .summary = "Runs a command, or up to 100 of them all or none, on the catalogue, or opens an account.",
       .parameters = {dry_run()},
       .endpoint = Direct(run_commands)},
  };
}

}  // namespace gatehouse::api
