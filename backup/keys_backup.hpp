// The backup of what must not lie with the log's: the keys of persons and the server's own secrets. One copy alone, so that a key which is destroyed lives on in none: each takes the
// place of the one before.
#pragma once
#include <filesystem>

#include "backup/backup_error.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"
#include "store/scratch_table.hpp"

namespace gatehouse {

// <folder>/current is then a copy of <data>/subject-keys (none where `keys` is null) and <data>/keys, for nobody but the server's user. Thread-safe against destructions: one that happens
// meanwhile asks for another copy.
[[nodiscard]] BackupResult<void> replace_keys_backup(const SubjectKeys* keys, const std::filesystem::path& data,
                                                     const std::filesystem::path& folder);

[[nodiscard]] std::filesystem::path subject_keys_in(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path secrets_in(const std::filesystem::path& folder);
// Says whose the persons' keys of a copy are.
[[nodiscard]] std::filesystem::path mark_in(const std::filesystem::path& copy);

// Of how many persons the log has sealed texts whose key the store has neither nor knows to be destroyed: it is an older one, or another log's.
// They are told apart in `space`; throws ScratchFailed.
[[nodiscard]] BackupResult<std::size_t> count_unknown_persons(const EventLog& log, const SubjectKeys& keys,
                                                              const ScratchSpace& space = {});

}  // namespace gatehouse
