// Where backups may lie: the log's, the keys' and the data apart from each other.
#pragma once
#include <filesystem>
#include <string>

namespace gatehouse::cli {

struct BackupPlaces {
  std::filesystem::path data;
  std::filesystem::path log;   // backups of the log
  std::filesystem::path keys;  // of the keys; may be empty
};

// A key that lies with what it opens protects nothing, and a backup in the data folder is lost with it: throws std::runtime_error.
void refuse_shared_places(const BackupPlaces& places);

}  // namespace gatehouse::cli
