#include "cli/backup.hpp"

#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "api/json/text_writer.hpp"
#include "backup/keys_backup.hpp"
#include "backup/make_backup.hpp"
#include "cli/backup_exit.hpp"
#include "cli/backup_places.hpp"
#include "cli/configuration.hpp"
#include "cli/operations_client.hpp"
#include "cli/refused_log.hpp"
#include "cli/running_server.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/unfinished_import.hpp"
#include "transparency/kept_checkpoint.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::chrono::milliseconds between_looks{100};  // at a backup that the server makes

Timestamp wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

void print(std::uint64_t id, std::uint64_t position, std::uint64_t bytes, bool is_verified, const std::string& folder) {
  std::cout << "backup " << id << " in " << folder << ": up to event " << position << ", " << bytes << " bytes"
            << (is_verified ? ", verified" : ", not verified") << "\n";
}

// The flags over the configuration.
BackupSettings settings_of(const BackupFlags& flags) {
  Configuration configuration;
  if (!flags.place.config.empty())
    read_configuration(flags.place.config, configuration);
  auto settings = configuration.backup;
  if (!flags.to.empty())
    settings.folder = flags.to;
  if (!flags.keys_to.empty())
    settings.keys_folder = flags.keys_to;
  if (flags.keep > 0)
    settings.keep = flags.keep;
  return settings;
}

bool is_same(const std::string& named, const boost::json::value& configured) {
  const std::string servers(configured.as_string());
  return named.empty() || std::filesystem::weakly_canonical(std::filesystem::absolute(named)) ==
                              std::filesystem::weakly_canonical(servers);
}

// Where a server writes is its configuration's affair: a token must not send it elsewhere.
BackupResult<void> backup_by_server(const BackupFlags& flags, const LogPlace& place, const std::string& url) {
  if (!flags.keys_to.empty() || flags.keep > 0 || !flags.place.origin.empty())
    throw std::runtime_error("the server runs, and its configuration says where the keys go, how many are kept and by "
                             "which origin they are signed: leave --keys-to, --keep and --origin out, or stop it");
  const OperationsClient server(place.data, url);
  const auto before = server.get("backups");
  if (!before.at("configured").as_bool())
    throw std::runtime_error(
        "the server runs and no backups are configured: set backup.directory in its configuration and "
        "start it anew, or stop it");
  if (!is_same(flags.to, before.at("directory")))
    throw std::runtime_error("the server runs and makes backups in " + std::string(before.at("directory").as_string()) +
                             " alone: leave --to out, or stop it");
  server.post("backups");
  auto now = server.get("backups");
  for (; now.at("running").as_bool(); now = server.get("backups"))
    std::this_thread::sleep_for(between_looks);
  if (const auto* error = now.if_contains("last_error")) {
    const std::string_view detail = error->as_string();
    return tl::unexpected(BackupError{detail.starts_with(damage_words), "the backup failed: " + std::string(detail)});
  }
  const auto& made = now.at("items").as_array().back().as_object();
  print(made.at("id").to_number<std::uint64_t>(), made.at("position").to_number<std::uint64_t>(),
        made.at("bytes").to_number<std::uint64_t>(), made.at("verified").as_bool(),
        std::string(now.at("directory").as_string()));
  return {};
}

BackupResult<void> backup_from_data(const BackupSettings& settings, LogPlace place, const RocksEventLog& log) {
  if (settings.folder.empty())
    throw std::runtime_error(
        "name a directory with --to, or one in the configuration's backup.directory with --config");
  refuse_shared_places({.data = place.data, .log = settings.folder, .keys = settings.keys_folder});
  // A log that was published has its key already, and nothing else may be signed in its name.
  place.create = !std::filesystem::exists(std::filesystem::path(place.data) / transparency::kept_checkpoint_file);
  const auto signer = signer_of(place);
  const auto made = make_backup(log, signer,
                                {.folder = settings.folder,
                                 .keep = settings.keep,
                                 .bytes_per_second = 0,  // nobody else wants the disk
                                 .patience = for_backup_folder,
                                 .verify = settings.verify,
                                 .clock = wall_clock});
  if (!made)
    return tl::unexpected(made.error());
  const auto keys = keys_to_copy(place.data, log);
  if (settings.keys_folder.empty() && keys)
    std::cerr
        << "gatehouse: the keys of persons are in no backup, and what was recorded of them cannot be read without: "
           "name a directory for them with --keys-to\n";
  if (!settings.keys_folder.empty()) {
    if (const auto copied = replace_keys_backup(keys.get(), place.data, settings.keys_folder); !copied)
      return tl::unexpected(copied.error());
  }
  print(made->id, made->manifest.head.position.value, made->manifest.bytes, made->verified_at.has_value(),
        settings.folder.string());
  return {};
}

BackupResult<void> make_chosen(const BackupFlags& flags) {
  const auto place = settled(flags.place);
  refuse_unfinished_import(place.data);
  if (!std::filesystem::exists(std::filesystem::path(place.data) / "db"))
    throw std::runtime_error("there is no data in " + place.data);
  OpenOptions options;
  options.data_dir = place.data;
  const auto log = RocksEventLog::open(options);
  if (log)
    return backup_from_data(settings_of(flags), place, **log);
  const auto url = log.error().kind == OpenErrorKind::locked ? read_server_url(place.data) : std::nullopt;
  if (!url)
    throw std::runtime_error(place.data + ": " + refusal_of(log.error()));
  return backup_by_server(flags, place, *url);
}

}  // namespace

int run_backup(const BackupFlags& flags) {
  return exit_code_of([&] { return make_chosen(flags); });
}

}  // namespace gatehouse::cli
