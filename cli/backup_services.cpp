#include "cli/backup_services.hpp"

#include <chrono>

#include "cli/backup_places.hpp"

namespace gatehouse::cli {

namespace {

constexpr double milliseconds_per_second = 1'000;

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
  metrics.add_source([backups](std::vector<api::Sample>& samples) {
    const auto status = backups->status();
    samples.push_back({.name = "gatehouse_backup_failures_total",
                       .help = "Backups, and copies of the keys, that failed since the start.",
                       .is_counter = true,
                       .value = static_cast<double>(status.failures)});
    samples.push_back({.name = "gatehouse_backup_running",
                       .help = "1 while one is being made.",
                       .value = status.running ? 1.0 : 0.0});
    if (status.last_success)
      samples.push_back({.name = "gatehouse_backup_last_success_timestamp_seconds",
                         .help = "When the newest backup was made, in Unix time.",
                         .value = static_cast<double>(status.last_success->unix_ms) / milliseconds_per_second});
  });
  backups->start();
}

}  // namespace gatehouse::cli
