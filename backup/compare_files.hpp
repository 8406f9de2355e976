// Whether files are those of a list of files, byte by byte.
#pragma once
#include "backup/backup_error.hpp"
#include "backup/file_list.hpp"

namespace gatehouse {

// All that are wrong, in one error: damage, unless nothing is known of any but that it could not be read by this process.
[[nodiscard]] BackupResult<void> compare_files(const std::filesystem::path& folder, const FileList& files,
                                               const BytesSink& progress);

}  // namespace gatehouse
