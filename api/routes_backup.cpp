#include "api/backup_endpoints.hpp"
#include "api/route_table.hpp"

namespace gatehouse::api {

std::vector<Route> backup_routes() {
  return {
      {.path = "/v1/ops/backups",
       .name = "listBackups",
       .who = Who::ops,
       .summary = "Backups in the configured directory: position and time of the last event, bytes, whether the server "
                  "read it all again; whether one is being made now, what the last attempt failed with, the log's "
                  "head, and the chain after its first event, which tells logs apart.",
       .endpoint = Direct(list_backups)},
      {.method = "POST",
       .path = "/v1/ops/backups",
       .name = "beginBackup",
       .who = Who::ops,
       .summary = "Begins a backup into the configured directory; GET tells how far it is.",
       .success = 202,
       .errors = {"backups_not_configured", "backup_running"},
       .endpoint = Direct(begin_backup)},
  };
}

}  // namespace gatehouse::api
