#include "cli/backup_drill.hpp"

#include <chrono>
#include <iomanip>
#include <optional>

#include "api/json/text_writer.hpp"
#include "cli/backup_exit.hpp"
#include "cli/configuration.hpp"
#include "cli/end_on_signal.hpp"
#include "cli/operations_client.hpp"
#include "cli/refused_log.hpp"
#include "cli/restored_data.hpp"
#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"
#include "store/scratch_folder.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

ScratchFolder drill_folder(const std::string& scratch) {
  const auto parent = scratch.empty() ? fs::temp_directory_path() : fs::path(scratch);
  auto folder = ScratchFolder::make(parent, "gatehouse-drill-");
  if (!folder)
    throw std::runtime_error("no folder can be made in " + parent.string() + ": " + folder.error().message() +
                             "; --scratch must name a folder that is there");
  return std::move(*folder);
}

struct LiveLog {
  std::optional<std::uint64_t> head{};
  std::string first{};   // see BackupManifest, in base64
  std::string reason{};  // why they are not known
};

LiveLog live_log(const std::string& data) try {
  const auto log = try_stopped_log(data);
  if (log)
    return {.head = (*log)->head().value, .first = tlog::to_base64(first_link(**log))};
  const auto url = log.error().kind == OpenErrorKind::locked ? read_server_url(data) : std::nullopt;
  if (!url)
    return {.reason = data + ": " + refusal_of(log.error())};
  const auto told = OperationsClient(data, *url).get("backups");
  return {.head = told.at("head").to_number<std::uint64_t>(), .first = std::string(told.at("first").as_string())};
} catch (const std::exception& error) {
  return {.reason = error.what()};
}

BackupResult<void> compare(const LiveLog& live, const RestoredData& restored, const std::string& data) {
  const auto end = restored.head.value;
  if (!live.head) {
    std::cout << "the live log was not reached (" << live.reason << "): what would be lost is not known\n";
    return {};
  }
  // A log without events is told from none.
  if (*live.head > 0 && end > 0 && live.first != tlog::to_base64(restored.backup.manifest.first))
    return backup_damaged("the log in " + data +
                          " is another one than that of the backup: they have other first events");
  if (*live.head < end)
    return backup_damaged("the live log in " + data + " ends at event " + std::to_string(*live.head) +
                          ", before the backup does, which ends at " + std::to_string(end) + ": it has lost events");
  std::cout << "against the live log, at event " << *live.head << ", " << *live.head - end << " events would be lost\n";
  return {};
}

BackupResult<void> drill(const DrillFlags& flags) {
  const auto place = settled(flags.place);
  Configuration configuration;
  if (!place.config.empty())
    read_configuration(place.config, configuration);
  RestoreOrder order{.from = flags.from.empty() ? configuration.backup.folder.string() : flags.from,
                     .keys = flags.keys.empty() ? configuration.backup.keys_folder.string() : flags.keys};
  if (order.from.empty())
    throw std::runtime_error("name the directory of the backups with --from, or the configuration with --config");
  order.accept_locked = order.keys.empty();
  const EndOnSignal end_on_signal;
  const auto folder = drill_folder(flags.scratch);
  const auto started = std::chrono::steady_clock::now();
  const auto restored = restore_data(order, folder.path());
  if (!restored)
    return tl::unexpected(restored.error());
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  std::cout << "backup " << restored->backup.id << ", made at " << api::time_text(restored->backup.manifest.made_at)
            << ", was restored and proven in " << std::fixed << std::setprecision(1) << seconds
            << " s: " << restored->head.value << " events, root " << restored->root << "\n"
            << (order.keys.empty()   ? "the backup of the keys was not tried: name it with --keys\n"
                : restored->has_keys ? "the keys of all persons in it are there\n"
                                     : "no texts in it are sealed\n");
  for (const auto& remark : restored->remarks)
    std::cout << remark << "\n";
  if (!restored->made_anew.empty())
    return backup_damaged("rows of " + restored->made_anew.front() +
                          " are not those that the log gives: a restore makes them anew, and the server that made the "
                          "backup should do so, too (docs/operations.md, Rebuild)");
  return compare(live_log(place.data), *restored, place.data);
}

}  // namespace

int run_drill(const DrillFlags& flags) {
  return exit_code_of([&] { return drill(flags); });
}

}  // namespace gatehouse::cli
