// Backups in the running server, put together from the configuration.
#pragma once
#include <memory>

#include "api/metrics.hpp"
#include "api/structured_log.hpp"
#include "backup/backup_service.hpp"
#include "cli/configuration.hpp"

namespace gatehouse::cli {

// Null where none are configured. What it is given outlives it.
[[nodiscard]] std::unique_ptr<BackupService> make_backups(const Configuration& configuration, RocksEventLog& log,
                                                          const SubjectKeys* keys, const tlog::NoteSigner& signer,
                                                          const api::StructuredLog& lines);
// Nothing where there are none. Also tells the metrics, which it outlives.
void start_backups(BackupService* backups, api::Metrics& metrics);
void stop_backups(BackupService* backups);

}  // namespace gatehouse::cli
