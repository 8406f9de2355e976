#include "backup/keys_proof.hpp"

#include <rocksdb/db.h>

#include <algorithm>
#include <memory>

#include "backup/compare_files.hpp"
#include "backup/durable.hpp"
#include "backup/keys_backup.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "store/lenient_logger.hpp"

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

fs::path list_in(const fs::path& copy) { return copy / "files"; }

BackupResult<void> prove_listed(const fs::path& copy) {
  const auto text = read_whole(list_in(copy));
  if (!text)
    return tl::unexpected(text.error());
  const auto files = parse_file_list(*text);
  if (!files)
    return backup_damaged("files: is no list of files");
  for (const auto& entry : fs::recursive_directory_iterator(copy)) {
    const auto path = entry.path().lexically_relative(copy).string();
    if (entry.is_regular_file() && path != "files" &&
        std::ranges::find(*files, path, &ListedFile::path) == files->end())
      return backup_damaged(path + ": is not in the list of the copy's files");
  }
  return compare_files(copy, *files, {});
}

// The file's bytes may be those that were copied, and yet be none that a server starts with.
BackupResult<void> prove_secret(const fs::path& file) {
  const auto name = "keys/" + file.filename().string();
  auto bytes = read_whole(file);
  if (!bytes)
    return tl::unexpected(bytes.error());
  const identity::Secret secret({bytes->begin(), bytes->end()});
  if (file.extension() == ".pem" && !identity::SigningKey::from_pem(secret))
    return backup_damaged(name + ": is not an Ed25519 private key in PEM form");
  if (file.extension() == ".key") {
    if (const auto found = identity::secret_in(secret); !found)
      return backup_damaged(name + ": " + found.error());
  }
  return {};
}

BackupResult<void> prove_secrets(const fs::path& secrets) {
  if (!fs::exists(secrets))
    return backup_damaged("keys: is missing");
  for (const auto& entry : fs::directory_iterator(secrets)) {
    if (auto proven = prove_secret(entry.path()); !proven)
      return proven;
  }
  return {};
}

BackupResult<void> prove_blocks(const fs::path& store) {
  if (!fs::exists(store))
    return {};
  rocksdb::Options options;
  options.info_log = make_silent_logger();
  rocksdb::DB* opened = nullptr;
  auto status = rocksdb::DB::OpenForReadOnly(options, store.string(), &opened);
  const std::unique_ptr<rocksdb::DB> database(opened);
  if (status.ok())
    status = database->VerifyChecksum();
  if (!status.ok())
    return backup_damaged("subject-keys: " + status.ToString());
  return {};
}

// Copies of before there was a list, which have no mark either, are proven by their blocks alone.
BackupResult<void> prove_copy(const fs::path& copy, const fs::path& folder) {
  const bool is_listed = fs::exists(list_in(copy));
  if (!is_listed && fs::exists(mark_in(copy)))
    return backup_damaged("files: the list of the copy's files is missing");
  if (auto proven = is_listed ? prove_listed(copy) : prove_blocks(subject_keys_in(folder)); !proven)
    return proven;
  return prove_secrets(secrets_in(folder));
}

}  // namespace

BackupResult<void> list_keys_files(const fs::path& copy) {
  FileList files;
  for (const auto& entry : fs::recursive_directory_iterator(copy)) {
    if (!entry.is_regular_file())
      continue;
    auto path = entry.path().lexically_relative(copy).string();
    auto file = digest_of(copy, path, {});
    if (!file)
      return backup_failed(path + ": " + file.error().message());
    files.push_back(std::move(*file));
  }
  std::ranges::sort(files, {}, &ListedFile::path);
  return write_durably(list_in(copy), to_text(files));
}

BackupResult<void> prove_keys_backup(const fs::path& folder) try {
  const auto copy = subject_keys_in(folder).parent_path();
  auto proven = prove_copy(copy, folder);
  if (!proven)
    proven.error().detail = "the copy of the keys in " + copy.string() + ": " + proven.error().detail;
  return proven;
} catch (const std::exception& error) {
  return backup_failed("the copy of the keys in " + folder.string() + ": " + error.what());
}

}  // namespace gatehouse
