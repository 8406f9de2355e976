#include "backup/backup_engine.hpp"

#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>

#include "store/rocks_database.hpp"

namespace gatehouse {

namespace {

constexpr std::uint64_t bytes_per_call = 1U << 20;  // of progress

rocksdb::BackupEngineOptions options_for(const BackupFolder& folder) {
  rocksdb::BackupEngineOptions options(folder.path().string());
  options.sync = true;
  options.callback_trigger_interval_size = bytes_per_call;
  return options;
}

tl::unexpected<BackupError> error_of(const BackupFolder& folder, const rocksdb::Status& status) {
  auto detail = folder.path().string() + ": " + status.ToString();
  return status.IsCorruption() ? backup_damaged(std::move(detail)) : backup_failed(std::move(detail));
}

BackupResult<std::unique_ptr<rocksdb::BackupEngine>> open_engine(const BackupFolder& folder,
                                                                 const rocksdb::BackupEngineOptions& options) {
  rocksdb::BackupEngine* engine = nullptr;
  if (const auto status = rocksdb::BackupEngine::Open(rocksdb::Env::Default(), options, &engine); !status.ok())
    return error_of(folder, status);
  return std::unique_ptr<rocksdb::BackupEngine>(engine);
}

BackupResult<std::unique_ptr<rocksdb::BackupEngineReadOnly>> open_to_read(const BackupFolder& folder) {
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  const auto status = rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(), options_for(folder), &engine);
  if (!status.ok())
    return error_of(folder, status);
  return std::unique_ptr<rocksdb::BackupEngineReadOnly>(engine);
}

std::vector<BackupId> ids_in(const rocksdb::BackupEngine& engine) {
  std::vector<rocksdb::BackupInfo> found;
  engine.GetBackupInfo(&found);
  std::vector<BackupId> ids;
  for (const auto& backup : found)
    ids.push_back(backup.backup_id);
  engine.GetCorruptedBackups(&ids);
  return ids;
}

rocksdb::Status drop_unfinished(rocksdb::BackupEngine& engine, const std::vector<BackupId>& finished) {
  for (const auto id : ids_in(engine)) {
    if (std::ranges::find(finished, id) != finished.end())
      continue;
    if (const auto status = engine.DeleteBackup(id); !status.ok())
      return status;
  }
  return engine.GarbageCollect();
}

// A disk that cannot be asked is no reason to stop.
bool has_room(const BackupFolder& folder, const CopyPace& pace) {
  std::error_code error;
  const auto space = std::filesystem::space(folder.path(), error);
  return error || space.available >= pace.free_bytes_min;
}

std::string no_room(const BackupFolder& folder, const CopyPace& pace) {
  return folder.path().string() + ": less than " + std::to_string(pace.free_bytes_min) +
         " bytes would be left on the disk";
}

BackupResult<rocksdb::BackupInfo> info_of(const BackupFolder& folder, BackupId id) {
  auto engine = open_to_read(folder);
  if (!engine)
    return tl::unexpected(engine.error());
  rocksdb::BackupInfo info;
  if (const auto status = (*engine)->GetBackupInfo(id, &info, true); !status.ok())
    return backup_damaged("meta/" + std::to_string(id) + ": " + status.ToString());
  return info;
}

}  // namespace

BackupResult<BackupId> copy_database(const BackupFolder& folder, const RocksEventLog& log,
                                     const std::vector<BackupId>& finished, const CopyPace& pace) {
  auto options = options_for(folder);
  options.backup_rate_limit = pace.bytes_per_second;
  // So that the log need not wait for what is copied (store/paced_files.hpp).
  options.backup_env = log.database().db->GetEnv();
  auto engine = open_engine(folder, options);
  if (!engine)
    return tl::unexpected(engine.error());
  if (const auto status = drop_unfinished(**engine, finished); !status.ok())
    return error_of(folder, status);
  bool cancelled = false, is_full = !has_room(folder, pace);
  if (is_full)
    return backup_failed(no_room(folder, pace));
  // So that what is not shared with the next backup is little: what comes after it is in the log's own file, which is copied as far as it is then.
  if (const auto status = log.database().flush(); !status.ok())
    return error_of(folder, status);
  rocksdb::CreateBackupOptions how;
  how.flush_before_backup = false;
  how.decrease_background_thread_cpu_priority = true;
  how.background_thread_cpu_priority = rocksdb::CpuPriority::kLow;
  // RocksDB is not safe for exceptions of ours.
  how.progress_callback = [&] {
    try {
      if (pace.progress)
        pace.progress(bytes_per_call);
      is_full = is_full || !has_room(folder, pace);
      if (is_full)
        (*engine)->StopBackup();
    } catch (const BackupCancelled&) {
      cancelled = true;
      (*engine)->StopBackup();
    }
  };
  BackupId id = 0;
  const auto status = (*engine)->CreateNewBackup(how, log.database().db.get(), &id);
  if (cancelled)
    throw BackupCancelled();
  if (is_full)
    return backup_failed(no_room(folder, pace));
  if (!status.ok())
    return error_of(folder, status);
  return id;
}

BackupResult<std::vector<BackupId>> drop_old(const BackupFolder& folder, std::uint64_t keep) {
  auto engine = open_engine(folder, options_for(folder));
  if (!engine)
    return tl::unexpected(engine.error());
  auto status = (*engine)->PurgeOldBackups(static_cast<std::uint32_t>(keep));
  if (status.ok())
    status = (*engine)->GarbageCollect();
  if (!status.ok())
    return error_of(folder, status);
  return ids_in(**engine);
}

BackupResult<void> drop_one(const BackupFolder& folder, BackupId id) {
  auto engine = open_engine(folder, options_for(folder));
  if (!engine)
    return tl::unexpected(engine.error());
  auto status = (*engine)->DeleteBackup(id);
  if (status.ok())
    status = (*engine)->GarbageCollect();
  if (!status.ok())
    return error_of(folder, status);
  return {};
}

BackupResult<FileList> files_in(const BackupFolder& folder, BackupId id) {
  const auto info = info_of(folder, id);
  if (!info)
    return tl::unexpected(info.error());
  FileList files;
  for (const auto& file : info->file_details)
    files.push_back({.path = file.relative_filename, .bytes = file.size});
  const auto record = "meta/" + std::to_string(id);
  std::error_code error;
  files.push_back({.path = record, .bytes = std::filesystem::file_size(folder.path() / record, error)});
  if (error)
    return backup_failed(record + ": " + error.message());
  std::ranges::sort(files, {}, &ListedFile::path);
  return files;
}

BackupResult<std::unique_ptr<RocksEventLog>> open_backup(const BackupFolder& folder, BackupId id,
                                                         const LogMark& reached) {
  const auto info = info_of(folder, id);
  if (!info)
    return tl::unexpected(info.error());
  OpenOptions options;
  options.data_dir = folder.path();
  options.database_dir = info->name_for_open;
  options.file_system = info->env_for_open->GetFileSystem();
  auto log = RocksEventLog::open_copy(options, reached);
  if (!log)
    return backup_damaged("backup " + std::to_string(id) + ": " + reason_of(log.error()));
  return std::move(*log);
}

BackupResult<void> restore_database(const BackupFolder& folder, BackupId id, const std::filesystem::path& database) {
  auto engine = open_to_read(folder);
  if (!engine)
    return tl::unexpected(engine.error());
  const auto status = (*engine)->RestoreDBFromBackup(id, database.string(), database.string());
  if (!status.ok())
    return error_of(folder, status);
  return {};
}

}  // namespace gatehouse
