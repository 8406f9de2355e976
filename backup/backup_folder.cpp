#include "backup/backup_folder.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <thread>

#include "backup/durable.hpp"
#include "store/event_chain.hpp"

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds between_tries{100};
constexpr std::string_view files_suffix = ".files";
constexpr std::string_view verified_suffix = ".verified";

fs::path records_of(const fs::path& folder) { return folder / "manifests"; }

fs::path record_of(const fs::path& folder, BackupId id, std::string_view suffix = "") {
  return records_of(folder) / (std::to_string(id) + std::string(suffix));
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// Of a manifest, or of what is written after it: a backup that was verified and has no manifest any more was finished, and is damaged.
std::optional<BackupId> finished_id(const fs::path& record) {
  const auto name = record.extension() == verified_suffix ? record.stem() : record.filename();
  return parse_number<BackupId>(name.native());
}

Backup read_backup(const fs::path& folder, BackupId id) {
  Backup backup{.id = id, .manifest = {}};
  std::error_code error;
  if (const auto status = fs::status(record_of(folder, id), error); status.type() == fs::file_type::not_found) {
    backup.damage = "the manifest is missing";
    return backup;
  }
  const auto note = read_whole(record_of(folder, id));
  auto parsed = note ? parse_manifest(*note) : tl::unexpected(note.error());
  if (!parsed) {
    backup.damage = parsed.error().detail;
    return backup;
  }
  backup.manifest = parsed->manifest;
  backup.note = std::move(parsed->note);
  if (const auto at = read_whole(record_of(folder, id, verified_suffix))) {
    if (const auto unix_ms = parse_number<std::int64_t>(*at))
      backup.verified_at = Timestamp{*unix_ms};
  }
  return backup;
}

}  // namespace

BackupResult<BackupFolder> BackupFolder::open(const fs::path& named, Access access, const Patience& patience) {
  std::error_code error;
  const auto folder = fs::absolute(named, error).lexically_normal();  // RocksDB opens a backup by absolute paths alone
  if (access == Access::change)
    fs::create_directories(records_of(folder), error);
  if (error)
    return backup_failed(folder.string() + ": " + error.message());
  if (!fs::is_directory(records_of(folder), error))
    return backup_failed(folder.string() + " is no folder of backups");
  auto lock = DataLock::take(folder, access == Access::read);
  while (!lock && lock.error().kind == OpenErrorKind::locked && patience && patience())
    lock = DataLock::take(folder, access == Access::read);
  if (!lock)
    return backup_failed(
        folder.string() + ": " +
        (lock.error().kind == OpenErrorKind::locked ? "another process uses it now" : to_text(lock.error())));
  return BackupFolder(folder, std::move(*lock));
}

BackupFolder::Patience BackupFolder::up_to(std::chrono::seconds time) {
  return [until = std::chrono::steady_clock::now() + time] {
    std::this_thread::sleep_for(between_tries);
    return std::chrono::steady_clock::now() < until;
  };
}

BackupResult<std::vector<Backup>> finished_backups(const fs::path& folder) try {
  std::error_code error;
  std::set<BackupId> ids;
  for (const auto& entry : fs::directory_iterator(records_of(folder), error)) {
    if (const auto id = finished_id(entry.path()))
      ids.insert(*id);
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return backup_failed(folder.string() + ": " + error.message());
  std::vector<Backup> found;
  for (const auto id : ids)
    found.push_back(read_backup(folder, id));
  return found;
} catch (const fs::filesystem_error& error) {  // of a folder that goes while it is read
  return backup_failed(error.what());
}

BackupResult<std::vector<Backup>> BackupFolder::backups() const { return finished_backups(path_); }

BackupResult<FileList> BackupFolder::files_of(const Backup& backup) const {
  const auto name = record_of("", backup.id, files_suffix).string();
  const auto text = read_whole(record_of(path_, backup.id, files_suffix));
  if (!text)
    return backup_damaged(name + " is missing");
  auto files = parse_file_list(*text);
  if (!files || sha256(*text) != backup.manifest.file_list)
    return backup_damaged(name + ": the list of the files is not the one that the manifest names");
  return std::move(*files);
}

BackupResult<void> BackupFolder::finish(BackupId id, std::string_view note, const FileList& files) const {
  if (auto written = write_durably(record_of(path_, id, files_suffix), to_text(files)); !written)
    return written;
  return write_durably(record_of(path_, id), note);
}

BackupResult<void> BackupFolder::mark_verified(BackupId id, Timestamp at) const {
  return write_durably(record_of(path_, id, verified_suffix), std::to_string(at.unix_ms));
}

void BackupFolder::forget(BackupId id) const {
  std::error_code error;
  for (const auto suffix : {verified_suffix, std::string_view(), files_suffix})
    fs::remove(record_of(path_, id, suffix), error);
}

void BackupFolder::forget_all_but(const std::vector<BackupId>& kept) const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(records_of(path_), error)) {
    const auto id = parse_number<BackupId>(entry.path().stem().native());
    if (!id || std::ranges::find(kept, *id) == kept.end())
      fs::remove(entry.path(), error);
  }
}

}  // namespace gatehouse
