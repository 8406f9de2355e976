#include "cli/lost_files.hpp"

#include <filesystem>
#include <vector>

#include "cli/data_refused.hpp"
#include "cli/outbound_hold.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "store/disk.hpp"
#include "transparency/kept_checkpoint.hpp"

namespace gatehouse::cli {

namespace fs = std::filesystem;

void refuse_lost_log(const std::string& data) {
  const fs::path folder(data);
  if (fs::exists(folder / "db") || fs::exists(folder / "witness"))
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

void refuse_lost_secrets(const std::string& data, bool has_events, bool new_secrets) {
  if (!has_events || new_secrets || is_outbound_held(data))
    return;
  for (const auto& file :
       {identity::file_of_key(data, identity::token_key), identity::file_of_secret(data, "webhooks")}) {
    if (!fs::exists(file))
      throw DataRefused(
          file.string() +
          " is not there, and the log has events\ngatehouse: put it back (current/keys in the backups' "
          "keys_directory has a copy), or start once with --new-secrets: tokens that were given stop working, "
          "and receivers of webhooks refuse what is signed until they have their new secret");
  }
}

}  // namespace gatehouse::cli
