#include "cli/lost_files.hpp"

#include <filesystem>
#include <string_view>

#include "cli/data_refused.hpp"
#include "cli/outbound_hold.hpp"
#include "identity/private_file.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "store/disk.hpp"
#include "transparency/kept_checkpoint.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view webhook_secret = "webhooks";

[[noreturn]] void refuse(const fs::path& secret, const std::string& why) {
  throw DataRefused(
      secret.string() + ": " + why +
      "\ngatehouse: nothing was changed; put it back (current/keys in the backups' keys_directory has a copy)");
}

}  // namespace

void refuse_lost_log(const std::string& data) {
  const fs::path folder(data);
  if (fs::exists(folder / "db" / "CURRENT") || fs::exists(folder / "witness"))
    return;
  const auto file = folder / transparency::kept_checkpoint_file;
  const auto kept = transparency::KeptCheckpoint(posix_disk(), file).look();
  if (!kept || kept->checkpoint.head.size == 0)
    return;
  throw DataRefused(
      file.string() + " is of a log with " + std::to_string(kept->checkpoint.head.size) +
      " events, and that log is not there\ngatehouse: nothing was changed; put db and witness back, or restore the "
      "newest backup: gatehouse restore --from BACKUPS --keys KEYS --data NEW. For a new log name another folder");
}

void refuse_lost_events(const std::string& data, Position head) {
  const auto file = fs::path(data) / transparency::kept_checkpoint_file;
  const auto kept = transparency::KeptCheckpoint(posix_disk(), file).look();
  auto key = identity::load_key(data, identity::log_key);
  if (!kept || kept->checkpoint.head.size <= head.value || !key)
    return;
  const auto signer = transparency::make_log_signer(kept->checkpoint.origin, std::move(*key));
  if (tlog::is_signed_by(kept->note, signer.verifier_key()) != true)
    return;
  throw DataRefused(
      file.string() + ": " + std::to_string(kept->checkpoint.head.size) +
      " events were published, and the log has only " + std::to_string(head.value) +
      ": it is an older copy\ngatehouse: nothing that was recorded has been changed; put the newer db and witness "
      "back, or restore the newest backup: gatehouse restore --from BACKUPS --keys KEYS --data NEW. To go on without "
      "the "
      "events that are missing move the file away, and give the log another transparency.origin");
}

void refuse_damaged_secrets(const std::string& data) {
  const auto folder = fs::path(data) / "keys";
  if (!fs::exists(folder))
    return;
  if (!fs::is_directory(folder))
    refuse(folder, "is no folder");
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto kind = entry.path().extension();
    if ((kind == ".pem" || kind == ".key") && entry.is_directory())
      refuse(entry.path(), "is a folder");
    if ((kind == ".pem" || kind == ".key") && entry.is_regular_file() && entry.file_size() == 0)
      refuse(entry.path(), "is empty");
    const auto bytes = identity::read_private_file(entry.path());
    if (!bytes)
      continue;  // told by who needs it
    if (kind == ".pem" && !identity::SigningKey::from_pem(*bytes))
      refuse(entry.path(), "is not an Ed25519 private key in PEM form");
    if (const auto secret = identity::secret_in(*bytes); kind == ".key" && !secret)
      refuse(entry.path(), secret.error());
  }
}

void refuse_lost_secrets(const std::string& data, bool has_events, bool new_secrets) {
  if (!has_events || new_secrets || is_outbound_held(data))
    return;
  for (const auto& file :
       {identity::file_of_key(data, identity::token_key), identity::file_of_secret(data, webhook_secret)}) {
    if (!fs::exists(file))
      throw DataRefused(
          file.string() +
          " is not there, and the log has events\ngatehouse: put it back (current/keys in the backups' "
          "keys_directory has a copy), or start once with --new-secrets: tokens that were given stop working, "
          "and receivers of webhooks refuse what is signed until they have their new secret");
  }
}

void make_missing_secrets(const std::string& data) {
  if (const auto key = identity::load_or_create_key(data, identity::token_key); !key)
    throw std::runtime_error(key.error().detail);
  if (const auto secret = identity::load_or_create_secret(data, webhook_secret); !secret)
    throw std::runtime_error(secret.error().detail);
}

}  // namespace gatehouse::cli
