// What a backup says of itself: the log that it holds, up to which event, and by which chain and root that can be proven. A signed note (C2SP signed-note) by the log's
// key; docs/operations.md has the format.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "backup/backup_error.hpp"
#include "store/event_log.hpp"
#include "store/witness.hpp"
#include "tlog/note.hpp"

namespace gatehouse {

struct BackupManifest {
  LogMark head;           // where the log ends
  Digest root{};          // of the tree over it
  Digest first{};         // by which logs are told apart: first_link()
  Timestamp recorded_at;  // of the last event; 0 while there is none
  Timestamp made_at;      // when its making began: what was acknowledged until then is in it
  std::string program;    // version of the one that made it
  std::uint64_t bytes{};  // of its files, those shared with other backups included
  std::uint64_t files{};  // how many
  Digest file_list{};     // SHA-256 of the list of them (backup/file_list.hpp)
  bool operator==(const BackupManifest&) const = default;
};

// The chain after the log's first event; zeros while there is none.
[[nodiscard]] Digest first_link(const EventLog& log);

// With the name of its verifier key in it, so that damage is found also by those who do not know the log.
[[nodiscard]] std::string to_note(const BackupManifest& manifest, const tlog::NoteSigner& signer);

struct SignedManifest {
  BackupManifest manifest;
  tlog::Note note;
};
// Says what is wrong. Who trusts one key alone looks for its signature, too.
[[nodiscard]] BackupResult<SignedManifest> parse_manifest(std::string_view note);

}  // namespace gatehouse
