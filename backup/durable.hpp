// What is on disk when a function returns: files, folders, and what takes another's place. Throws nothing; says what failed.
#pragma once
#include <filesystem>
#include <string_view>

#include "backup/backup_error.hpp"

namespace gatehouse {

// Written beside its place and renamed.
[[nodiscard]] BackupResult<void> write_durably(const std::filesystem::path& file, std::string_view bytes);
[[nodiscard]] BackupResult<std::string> read_whole(const std::filesystem::path& file);
// Everything below the folder, and itself.
[[nodiscard]] BackupResult<void> sync_tree(const std::filesystem::path& folder);
// `from` takes the place of `to`, which is missing or, unless it is replaced, an empty folder. What was replaced is gone when it returns.
[[nodiscard]] BackupResult<void> put_in_place(const std::filesystem::path& from, const std::filesystem::path& to,
                                              bool replace);
// Where the file system cannot exchange two folders, whoever is killed while one takes the other's place leaves the replaced one here, and perhaps nothing in the place.
[[nodiscard]] std::filesystem::path former_of(const std::filesystem::path& place);
// Puts it back, or ends what was begun.
[[nodiscard]] BackupResult<void> settle(const std::filesystem::path& place);

}  // namespace gatehouse
