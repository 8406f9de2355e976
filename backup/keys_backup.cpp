#include "backup/keys_backup.hpp"

#include <optional>
#include <set>

#include "backup/durable.hpp"
#include "backup/keys_proof.hpp"
#include "events/frame.hpp"
#include "events/personal_parts.hpp"
#include "sealing/subject_keys_copy.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t events_per_read = 1'000;
constexpr std::size_t persons_held_max = 200'000;  // then they are asked for again

fs::path current_in(const fs::path& folder) { return folder / "current"; }

// As who put it there may have left it.
fs::path readable_in(const fs::path& folder) {
  const auto current = current_in(folder);
  return !fs::exists(current) && fs::exists(former_of(current)) ? former_of(current) : current;
}

BackupResult<void> copy_all(const SubjectKeys* keys, const fs::path& data, const fs::path& fresh) {
  fs::remove_all(fresh);
  fs::create_directories(fresh);
  fs::permissions(fresh, fs::perms::owner_all);
  if (keys != nullptr)
    copy_subject_keys(*keys, (fresh / "subject-keys").string());
  if (fs::exists(data / "keys"))
    fs::copy(data / "keys", fresh / "keys", fs::copy_options::recursive);
  // Says of a store that it was made when texts were sealed already with another one.
  if (fs::exists(data / "subject-keys.made-anew"))
    fs::copy(data / "subject-keys.made-anew", fresh / "subject-keys.made-anew");
  if (keys != nullptr) {
    if (auto marked = write_durably(mark_in(fresh), keys->mark()); !marked)
      return marked;
  }
  return list_keys_files(fresh);
}

// A copy that is damaged tells by its mark whose it was.
BackupResult<std::optional<std::string>> kept_mark(const fs::path& folder) {
  if (!fs::exists(subject_keys_in(folder)))
    return std::nullopt;
  if (fs::exists(mark_in(current_in(folder))))
    return read_whole(mark_in(current_in(folder)));
  const auto kept = open_subject_keys(subject_keys_in(folder).string(), KeysAccess::read);
  if (!kept)
    return backup_failed("the keys: those in " + folder.string() + " cannot be read (" + kept.error().detail +
                         "), and nothing else says whose they are: move them away, or make them readable");
  return (*kept)->mark();
}

// What has lost keys must not take the place of a copy that has them.
BackupResult<void> check_nothing_lost(const SubjectKeys* keys, const fs::path& folder) {
  if (keys == nullptr || !fs::exists(subject_keys_in(folder)))
    return {};
  const auto kept = open_subject_keys(subject_keys_in(folder).string(), KeysAccess::read);
  const auto lacking = kept ? count_lacking_subjects(*keys, **kept) : 0;
  if (lacking == 0)
    return {};
  return backup_failed(
      "the keys: " + current_in(folder).string() + " has those of " + std::to_string(lacking) +
      " persons of whom the server's store knows nothing any more: it has lost them. Stop the server and put "
      "the copy in its place, or move the copy away");
}

BackupResult<void> check_whose(const SubjectKeys* keys, const fs::path& folder) {
  const auto kept = kept_mark(folder);
  if (!kept)
    return tl::unexpected(kept.error());
  if (*kept && (keys == nullptr || **kept != keys->mark()))
    return backup_failed("the keys: " + folder.string() +
                         " has those of another log, or of this one before they were made anew: give each log a "
                         "folder of its own");
  return {};
}

}  // namespace

fs::path subject_keys_in(const fs::path& folder) { return readable_in(folder) / "subject-keys"; }
fs::path secrets_in(const fs::path& folder) { return readable_in(folder) / "keys"; }
fs::path mark_in(const fs::path& copy) { return copy / "subject-keys.mark"; }

BackupResult<void> replace_keys_backup(const SubjectKeys* keys, const fs::path& data, const fs::path& folder) try {
  if (auto settled = settle(current_in(folder)); !settled)
    return settled;
  if (auto ours = check_whose(keys, folder); !ours)
    return ours;
  if (auto whole = check_nothing_lost(keys, folder); !whole)
    return whole;
  const auto fresh = folder / "next";
  if (auto copied = copy_all(keys, data, fresh); !copied)
    return copied;
  if (auto synced = sync_tree(fresh); !synced)
    return synced;
  return put_in_place(fresh, current_in(folder), true);
} catch (const std::exception& error) {
  return backup_failed(std::string("the keys: ") + error.what());
}

BackupResult<std::size_t> count_unknown_persons(const EventLog& log, const SubjectKeys& keys,
                                                const ScratchSpace& space) try {
  std::set<SubjectName> seen;
  ScratchTable unknown(space);
  std::size_t count = 0;
  for (Position after;;) {
    const auto page = log.read(after, events_per_read);
    for (const auto& stored : page.events) {
      auto event = decode_frame(stored.frame);
      auto* known = event ? std::get_if<Event>(&event->data) : nullptr;
      if (known == nullptr)
        continue;
      visit_personal_of(*known, [&](const PersonalText& text) {
        SubjectName name{event->envelope.account_id, text.subject};
        if (seen.size() >= persons_held_max)
          seen.clear();
        if (text.sealed.empty() || !seen.insert(name).second)
          return;
        SubjectKey key;
        const auto row = Key('P').text(name.account_id.value).text(name.subject).take();
        if (keys.find(name, key) != SubjectKeys::Standing::unknown || unknown.get(row))
          return;
        unknown.put(row, {});
        ++count;
      });
    }
    if (page.at_end)
      return count;
    after = page.next;
  }
} catch (const SubjectKeysFailure& failure) {
  return backup_damaged(failure.what());
}

}  // namespace gatehouse
