#include "backup/backup_engine.hpp"

#include <rocksdb/file_system.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <set>

#include "store/rocks_database.hpp"

namespace gatehouse {

namespace {

constexpr std::uint64_t bytes_per_call = 1U << 20;  // of progress

// Shows the engine's record of one backup and hides those of the others. The engine reads all that it finds, and Debian's ends the process where two of them disagree about a
// file that they share: one wrong bit in one would be the end of all.
class OneRecord final : public rocksdb::FileSystemWrapper {
 public:
  OneRecord(const BackupFolder& folder, BackupId id)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), record_(folder.path() / engine_record(id)) {}
  [[nodiscard]] const char* Name() const override { return "OneRecord"; }

  rocksdb::IOStatus GetChildren(const std::string& folder, const rocksdb::IOOptions& options,
                                std::vector<std::string>* names, rocksdb::IODebugContext* context) override {
    auto status = target()->GetChildren(folder, options, names, context);
    const auto path = (std::filesystem::path(folder) / "").lexically_normal().parent_path();
    if (path == record_.parent_path())
      std::erase_if(*names, [this](const std::string& name) { return name != record_.filename(); });
    return status;
  }

 private:
  std::filesystem::path record_;
};

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

// Of one backup. What is opened of it may outlive this.
class Reading {
 public:
  Reading(const BackupFolder& folder, BackupId id)
      : files_(rocksdb::NewCompositeEnv(std::make_shared<OneRecord>(folder, id))) {
    auto options = options_for(folder);
    options.backup_env = files_.get();
    rocksdb::BackupEngineReadOnly* engine = nullptr;
    status_ = rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(), options, &engine);
    engine_.reset(engine);
  }

  [[nodiscard]] const rocksdb::Status& status() const { return status_; }
  [[nodiscard]] rocksdb::BackupEngineReadOnly* operator->() const { return engine_.get(); }

 private:
  std::unique_ptr<rocksdb::Env> files_;
  rocksdb::Status status_;
  std::unique_ptr<rocksdb::BackupEngineReadOnly> engine_;
};

std::vector<BackupId> ids_in(const rocksdb::BackupEngine& engine) {
  std::vector<rocksdb::BackupInfo> found;
  engine.GetBackupInfo(&found);
  std::vector<BackupId> ids;
  for (const auto& backup : found)
    ids.push_back(backup.backup_id);
  engine.GetCorruptedBackups(&ids);
  return ids;
}

// Before the engine reads them. Their files are garbage then.
void drop_unfinished_records(const BackupFolder& folder, const std::vector<BackupId>& finished) {
  std::set<std::string> kept;
  for (const auto id : finished)
    kept.insert(std::to_string(id));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "meta", error)) {
    if (!kept.contains(entry.path().filename()))
      std::filesystem::remove(entry.path(), error);
  }
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
  const Reading engine(folder, id);
  if (!engine.status().ok())
    return error_of(folder, engine.status());
  rocksdb::BackupInfo info;
  if (const auto status = engine->GetBackupInfo(id, &info, true); !status.ok())
    return backup_damaged(engine_record(id) + ": " + status.ToString());
  return info;
}

}  // namespace

std::string engine_record(BackupId id) { return "meta/" + std::to_string(id); }

BackupResult<BackupId> copy_database(const BackupFolder& folder, const RocksEventLog& log,
                                     const std::vector<BackupId>& finished, const CopyPace& pace) {
  auto options = options_for(folder);
  options.backup_rate_limit = pace.bytes_per_second;
  // So that the log need not wait for what is copied (store/paced_files.hpp).
  options.backup_env = log.database().db->GetEnv();
  drop_unfinished_records(folder, finished);
  auto engine = open_engine(folder, options);
  if (!engine)
    return tl::unexpected(engine.error());
  if (const auto status = (*engine)->GarbageCollect(); !status.ok())
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
  const auto record = engine_record(id);
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
  const Reading engine(folder, id);
  if (!engine.status().ok())
    return error_of(folder, engine.status());
  const auto status = engine->RestoreDBFromBackup(id, database.string(), database.string());
  if (!status.ok())
    return error_of(folder, status);
  return {};
}

}  // namespace gatehouse
