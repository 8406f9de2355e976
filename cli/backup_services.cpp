#include "cli/backup_services.hpp"

#include <chrono>

#include "api/samples.hpp"
#include "cli/backup_places.hpp"

namespace gatehouse::cli {

namespace {

Timestamp wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

}  // namespace

std::unique_ptr<BackupService> make_backups(const Configuration& configuration, RocksEventLog& log,
                                            const SubjectKeys* keys, const tlog::NoteSigner& signer,
                                            const api::StructuredLog& lines) {
  if (configuration.backup.folder.empty())
    return nullptr;
  auto settings = configuration.backup;
  refuse_shared_places({.data = configuration.data, .log = settings.folder, .keys = settings.keys_folder});
  settings.folder = std::filesystem::absolute(settings.folder).lexically_normal();
  if (settings.keys_folder.empty() && keys != nullptr)
    lines.write(api::StructuredLog::Level::warning,
                "backup.keys_directory is not configured: the keys of persons are in no backup, and what is recorded "
                "of them cannot be read after a restore without a copy of them");
  return std::make_unique<BackupService>(
      BackupService::Parts{.log = log, .keys = keys, .data = configuration.data, .signer = signer}, std::move(settings),
      wall_clock, [&lines](bool is_failure, const std::string& line) {
        using Level = api::StructuredLog::Level;
        lines.write(is_failure ? Level::error : Level::info, line);
      });
}

void start_backups(BackupService* backups, api::Metrics& metrics) {
  if (backups == nullptr)
    return;
  metrics.add_source([backups](api::Samples& samples) {
    const auto status = backups->status();
    samples.counter("gatehouse_backup_failures_total", "Backups, and copies of the keys, that failed since the start.",
                    status.failures);
    samples.gauge("gatehouse_backup_running", "1 while one is being made.", status.running ? 1 : 0);
    samples.gauge("gatehouse_backup_interval_seconds", "How often one is made; 0: when somebody asks.",
                  backups->settings().interval.count());
    if (status.last_success)
      samples.gauge("gatehouse_backup_last_success_timestamp_seconds", "When the newest backup was made, in Unix time.",
                    static_cast<double>(status.last_success->unix_ms) / api::milliseconds_per_second);
  });
  backups->start();
}

void stop_backups(BackupService* backups) {
  if (backups != nullptr)
    backups->stop();
}

}  // namespace gatehouse::cli
