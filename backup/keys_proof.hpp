// Whether the copy of the keys (backup/keys_backup.hpp) is what it was when it was made. <folder>/current/files lists its files with their SHA-256 (backup/file_list.hpp).
#pragma once
#include <filesystem>

#include "backup/backup_error.hpp"

namespace gatehouse {

// Of a copy, before it gets its place.
[[nodiscard]] BackupResult<void> list_keys_files(const std::filesystem::path& copy);

// Every file that is listed, and that a server can use each secret. A copy of a version that made no list has the blocks of its store of keys read, which have checksums.
[[nodiscard]] BackupResult<void> prove_keys_backup(const std::filesystem::path& folder);

}  // namespace gatehouse
