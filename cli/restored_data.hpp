// A data folder made of backups: the log, the keys, and what keeps the new instance from saying what another one said already. `gatehouse restore` and `gatehouse drill`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "backup/restore_log.hpp"
#include "tlog/note.hpp"

namespace gatehouse::cli {

struct RestoreOrder {
  std::string from{};          // folder of the log's backups
  std::string keys{};          // folder of the keys' backup; empty: none
  bool accept_locked = false;  // go on where texts about persons cannot be read
  std::string
      checkpoint{};  // a file with what the log published last: the restored one goes on under its key; empty: it gets another key
  std::string key{};  // verifier key that must have signed the manifest; empty: any
  RestorePoint point{};
};

struct RestoredData {
  Backup backup;
  Position head;
  std::string root{};  // of the tree over it, in base64
  bool is_cut{};
  bool has_keys{};                     // of persons
  std::size_t locked{};                // persons without a key
  std::vector<std::string> remarks{};  // see RestoredLog
  std::vector<std::string> made_anew{};
};

// Into the empty folder `data`, in which things are left when it fails. Proven, and closed. Throws std::runtime_error for what was asked in vain.
[[nodiscard]] BackupResult<RestoredData> restore_data(const RestoreOrder& order, const std::filesystem::path& data);

}  // namespace gatehouse::cli
