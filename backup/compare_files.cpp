#include "backup/compare_files.hpp"

namespace gatehouse {

namespace {

// A file that is gone is damage, and so is a disk that cannot read it.
bool is_about_this_process(const std::error_code& error) {
  return error == std::errc::permission_denied || error == std::errc::operation_not_permitted ||
         error == std::errc::too_many_files_open || error == std::errc::too_many_files_open_in_system ||
         error == std::errc::not_enough_memory;
}

BackupResult<void> compare(const std::filesystem::path& folder, const ListedFile& expected, const BytesSink& progress) {
  const auto found = digest_of(folder, expected.path, progress);
  if (!found && is_about_this_process(found.error()))
    return backup_failed(expected.path + ": " + found.error().message());
  if (!found)
    return backup_damaged(expected.path + ": " + found.error().message());
  if (found->bytes != expected.bytes)
    return backup_damaged(expected.path + ": has " + std::to_string(found->bytes) + " bytes, not " +
                          std::to_string(expected.bytes));
  if (found->digest != expected.digest)
    return backup_damaged(expected.path + ": its bytes are not those that were written");
  return {};
}

}  // namespace

BackupResult<void> compare_files(const std::filesystem::path& folder, const FileList& files,
                                 const BytesSink& progress) {
  BackupError problems;
  for (const auto& file : files) {
    const auto compared = compare(folder, file, progress);
    if (compared)
      continue;
    problems.is_damage = problems.is_damage || compared.error().is_damage;
    problems.detail += (problems.detail.empty() ? "" : "\n") + compared.error().detail;
  }
  if (!problems.detail.empty())
    return tl::unexpected(std::move(problems));
  return {};
}

}  // namespace gatehouse
