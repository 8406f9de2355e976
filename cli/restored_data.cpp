#include "cli/restored_data.hpp"

#include <fstream>
#include <optional>
#include <stdexcept>

#include "backup/durable.hpp"
#include "backup/keys_backup.hpp"
#include "backup/keys_proof.hpp"
#include "cli/backup_exit.hpp"
#include "cli/lost_files.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/stopped_log.hpp"
#include "cli/subject_keys_place.hpp"
#include "identity/signing_key.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/hash.hpp"
#include "transparency/kept_checkpoint.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/offline_tree.hpp"
#include "transparency/tree_fold.hpp"

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t checkpoint_bytes_max = 1U << 20U;

[[noreturn]] void refuse(const std::string& reason) { throw std::runtime_error(reason); }

fs::path log_key_in(const fs::path& data) { return data / "keys" / (std::string(identity::log_key) + ".pem"); }

// By whom the manifest must be signed.
BackupResult<void> check_signer(const BackupFolder& folder, const RestoreOrder& order) {
  if (order.key.empty())
    return {};
  const auto key = tlog::VerifierKey::parse(order.key);
  if (!key || key->type() != tlog::SignatureType::ed25519)
    refuse("--key must be a log's verifier key, <name>+<hash>+<base64>");
  const auto backups = folder.backups();
  const auto chosen = backups ? choose_backup(*backups, order.point) : tl::unexpected(backups.error());
  if (!chosen)
    return tl::unexpected(chosen.error());
  if (is_signed_by(*chosen->note, *key) != true)
    return backup_damaged("backup " + std::to_string(chosen->id) + " is not signed by that key");
  return {};
}

// A server takes no secrets that others could read, and where the copy lay files may have other modes.
void close_to_others(const fs::path& folder) {
  constexpr auto owner_reads_and_writes = fs::perms::owner_read | fs::perms::owner_write;
  fs::permissions(folder, fs::perms::owner_all);
  for (const auto& entry : fs::directory_iterator(folder))
    fs::permissions(entry.path(), owner_reads_and_writes);
}

// The secrets of the server, but for the key by which the log is known: who goes on under it must not contradict what was signed with it.
void bring_secrets(const RestoreOrder& order, const fs::path& data) {
  const auto secrets = order.keys.empty() ? fs::path() : secrets_in(order.keys);
  if (!order.keys.empty() && fs::exists(secrets)) {
    fs::copy(secrets, data / "keys", fs::copy_options::recursive);
    close_to_others(data / "keys");
  }
  if (order.checkpoint.empty())
    fs::remove(log_key_in(data));
  else if (!fs::exists(log_key_in(data)))
    refuse("--checkpoint needs the log's key, which the backup of the keys has; name it with --keys");
  make_missing_secrets(data.string());
}

struct GivenCheckpoint {
  std::string bytes;
  tlog::Note note;
  std::string origin;
};

// Of --checkpoint. Read before anything is restored, since that takes a while.
std::optional<GivenCheckpoint> checkpoint_in(const RestoreOrder& order) {
  if (order.checkpoint.empty())
    return std::nullopt;
  if (!fs::exists(order.checkpoint))
    refuse("--checkpoint: " + order.checkpoint + " cannot be read");
  if (!fs::is_regular_file(order.checkpoint) || fs::file_size(order.checkpoint) > checkpoint_bytes_max)
    refuse("--checkpoint: " + order.checkpoint + " is no file of at most " + std::to_string(checkpoint_bytes_max) +
           " bytes");
  auto bytes = read_whole(order.checkpoint);
  if (!bytes)
    refuse("--checkpoint: " + order.checkpoint + " cannot be read");
  auto note = tlog::parse_note(*bytes);
  const auto checkpoint = note ? tlog::parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint || !transparency::is_origin(checkpoint->origin))
    refuse(order.checkpoint + " is no checkpoint");
  return GivenCheckpoint{std::move(*bytes), std::move(*note), checkpoint->origin};
}

// The checkpoint lies where the server keeps its own, so that it goes on from it.
BackupResult<void> continue_log(const std::optional<GivenCheckpoint>& given, const RestoreOrder& order,
                                const transparency::TreeView& tree, const fs::path& data) {
  if (!given)
    return {};
  const auto place = data / std::string(transparency::kept_checkpoint_file);
  std::ofstream file(place, std::ios::binary);
  if (!(file << given->bytes).flush())
    return backup_failed(place.string() + " cannot be written");
  auto key = identity::load_key(data.string(), identity::log_key);
  if (!key)
    refuse(key.error().detail);
  const auto signer = transparency::make_log_signer(given->origin, std::move(*key));
  if (is_signed_by(given->note, signer.verifier_key()) != true)
    refuse(order.checkpoint + " is not signed by the key of the log, which the backup of the keys has");
  const transparency::KeptCheckpoint kept(posix_disk(), place);
  try {
    static_cast<void>(kept.restore(tree, signer.verifier_key(), [](std::string_view) {}));
  } catch (const transparency::BrokenHistory& broken) {
    return backup_failed(std::string(broken.what()) +
                         ". Without --checkpoint it is restored as a log with another key");
  }
  return {};
}

BackupResult<void> bring_persons(const RestoreOrder& order, const fs::path& data, const RocksEventLog& log,
                                 RestoredData& restored) {
  restored.has_keys = !order.keys.empty() && fs::exists(subject_keys_in(order.keys));
  bring_keys(restored.has_keys ? subject_keys_in(order.keys).string() : std::string(), data.string());
  if (const auto made_anew = subject_keys_in(order.keys).string() + ".made-anew";
      restored.has_keys && fs::exists(made_anew))
    fs::copy(made_anew, data / "subject-keys.made-anew");
  const auto keys = keys_to_copy(data.string(), log);
  if (!keys)
    return {};  // nothing is sealed
  const auto locked = count_unknown_persons(log, *keys, {.parent = data});
  if (!locked)
    return tl::unexpected(locked.error());
  restored.locked = *locked;
  if (*locked > 0 && !order.accept_locked)
    return backup_failed("the keys of " + std::to_string(*locked) +
                         " persons are not there, and what was recorded of them could not be read: name the backup of "
                         "the keys that was made with this one or later with --keys, or say --accept-locked");
  return {};
}

}  // namespace

BackupResult<RestoredData> restore_data(const RestoreOrder& order, const fs::path& data) {
  if (!order.keys.empty() && !fs::exists(secrets_in(order.keys)) && !fs::exists(subject_keys_in(order.keys)))
    refuse(order.keys + " is no backup of keys");
  if (!order.keys.empty()) {
    if (const auto proven = prove_keys_backup(order.keys); !proven)
      return tl::unexpected(proven.error());
  }
  const auto checkpoint = checkpoint_in(order);
  const auto folder =
      BackupFolder::open(order.from, BackupFolder::Access::read, BackupFolder::up_to(for_backup_folder));
  if (!folder)
    return tl::unexpected(folder.error());
  if (const auto trusted = check_signer(*folder, order); !trusted)
    return tl::unexpected(trusted.error());
  const auto made = restore_log(*folder, order.point, data, progress_line("rows"));
  end_progress_line();
  if (!made)
    return tl::unexpected(made.error());
  const auto& log = *made->log;
  RestoredData restored{.backup = made->backup,
                        .head = log.head(),
                        .is_cut = made->is_cut,
                        .remarks = made->remarks,
                        .made_anew = made->made_anew};
  const auto tree = transparency::tree_of(log, *log.projections(), {.parent = data});
  if (!tree)
    return backup_damaged(tree.error());
  restored.root = tlog::to_base64(tree->head().root);
  bring_secrets(order, data);
  if (const auto continued = continue_log(checkpoint, order, *tree, data); !continued)
    return tl::unexpected(continued.error());
  if (const auto brought = bring_persons(order, data, log, restored); !brought)
    return tl::unexpected(brought.error());
  hold_outbound(data);
  return restored;
}

}  // namespace gatehouse::cli
