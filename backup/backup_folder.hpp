// A folder of backups of one log. RocksDB's BackupEngine keeps the files in it (meta/, private/, shared_checksum/): what did not change since an earlier backup is shared with it. Beside
// them lie our manifests: manifests/<id> (backup/manifest.hpp), <id>.files (backup/file_list.hpp) and <id>.verified. A backup that has neither a manifest nor <id>.verified was never finished.
// One thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "backup/file_list.hpp"
#include "backup/manifest.hpp"
#include "store/data_lock.hpp"

namespace gatehouse {

using BackupId = std::uint32_t;

struct Backup {
  BackupId id{};
  BackupManifest manifest;                 // meaningless where there is damage
  std::optional<tlog::Note> note{};        // the manifest as it was signed
  std::optional<Timestamp> verified_at{};  // when the server that made it read it all again
  std::string damage{};                    // why its manifest cannot be believed; empty: nothing is wrong with it
};

class BackupFolder {
 public:
  // To read, beside others who read; or to change, when nobody else uses it: then it is made where it is missing.
  enum class Access { read, change };
  // What is done while another process uses it, before it is tried again: waits a little, and says false when that is enough. Empty: it is tried once.
  using Patience = std::function<bool()>;
  [[nodiscard]] static BackupResult<BackupFolder> open(const std::filesystem::path& folder, Access access,
                                                       const Patience& patience = {});
  [[nodiscard]] static Patience up_to(std::chrono::seconds time);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // Those that were finished, oldest first.
  [[nodiscard]] BackupResult<std::vector<Backup>> backups() const;
  // What the manifest vouches for; damage when the list is not the one that it names.
  [[nodiscard]] BackupResult<FileList> files_of(const Backup& backup) const;

  // `note` and `files` are on disk when it returns, and the backup is finished.
  [[nodiscard]] BackupResult<void> finish(BackupId id, std::string_view note, const FileList& files) const;
  [[nodiscard]] BackupResult<void> mark_verified(BackupId id, Timestamp at) const;
  // Its record: it was never finished then.
  void forget(BackupId id) const;
  // The records of all backups but these.
  void forget_all_but(const std::vector<BackupId>& kept) const;

 private:
  BackupFolder(std::filesystem::path path, DataLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;
  DataLock lock_;
};

// For a list to show: no lock is taken, so that a backup that is being made is not in its way.
[[nodiscard]] BackupResult<std::vector<Backup>> finished_backups(const std::filesystem::path& folder);

}  // namespace gatehouse
