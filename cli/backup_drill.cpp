#include "cli/backup_drill.hpp"

#include <stdlib.h>

#include <chrono>
#include <iomanip>
#include <optional>

#include "api/json/text_writer.hpp"
#include "cli/backup_exit.hpp"
#include "cli/configuration.hpp"
#include "cli/operations_client.hpp"
#include "cli/restored_data.hpp"
#include "cli/running_server.hpp"
#include "cli/stopped_log.hpp"

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

class DrillFolder {
 public:
  explicit DrillFolder(const std::string& parent) {
    auto name = ((parent.empty() ? fs::temp_directory_path() : fs::path(parent)) / "gatehouse-drill-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::runtime_error(name + " cannot be made");
    path_ = name;
  }
  ~DrillFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  DrillFolder(const DrillFolder&) = delete;
  DrillFolder& operator=(const DrillFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct LiveHead {
  std::optional<std::uint64_t> position;
  std::string reason;  // why it is not known
};

LiveHead live_head(const std::string& data) try {
  const auto log = try_stopped_log(data);
  if (log)
    return {(*log)->head().value, {}};
  const auto url = log.error().kind == OpenErrorKind::locked ? read_server_url(data) : std::nullopt;
  if (!url)
    return {std::nullopt, data + ": " + to_text(log.error())};
  return {OperationsClient(data, *url).get("backups").at("head").to_number<std::uint64_t>(), {}};
} catch (const std::exception& error) {
  return {std::nullopt, error.what()};
}

void print_loss(const LiveHead& live, std::uint64_t restored) {
  if (!live.position)
    std::cout << "the live log was not reached (" << live.reason << "): what would be lost is not known\n";
  else if (*live.position < restored)
    std::cout << "the live log ends at event " << *live.position
              << ", before the backup does: it is another one, or has lost events\n";
  else
    std::cout << "against the live log, at event " << *live.position << ", " << *live.position - restored
              << " events would be lost\n";
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
  const DrillFolder folder(flags.scratch);
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
  print_loss(live_head(place.data), restored->head.value);
  return {};
}

}  // namespace

int run_drill(const DrillFlags& flags) {
  return exit_code_of([&] { return drill(flags); });
}

}  // namespace gatehouse::cli
