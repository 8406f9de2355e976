#include "backup/keys_backup.hpp"

#include <set>

#include "backup/durable.hpp"
#include "events/frame.hpp"
#include "events/personal_parts.hpp"
#include "sealing/subject_keys_copy.hpp"

namespace gatehouse {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t events_per_read = 1'000;

fs::path current_in(const fs::path& folder) { return folder / "current"; }

void copy_all(const SubjectKeys* keys, const fs::path& data, const fs::path& fresh) {
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
}

// Each store finds addresses by a secret of its own.
bool is_same_store(const SubjectKeys& one, const SubjectKeys& other) {
  const AccountId account{"account"};
  return one.lookup(account, "address") == other.lookup(account, "address");
}

// A copy that cannot be read is nobody's any more.
bool has_keys_of_another_log(const SubjectKeys* keys, const fs::path& folder) {
  const auto place = subject_keys_in(folder);
  if (!fs::exists(place))
    return false;
  const auto kept = open_subject_keys(place.string(), KeysAccess::read);
  return kept && (keys == nullptr || !is_same_store(*keys, **kept));
}

}  // namespace

fs::path subject_keys_in(const fs::path& folder) { return current_in(folder) / "subject-keys"; }
fs::path secrets_in(const fs::path& folder) { return current_in(folder) / "keys"; }

BackupResult<void> replace_keys_backup(const SubjectKeys* keys, const fs::path& data, const fs::path& folder) try {
  if (has_keys_of_another_log(keys, folder))
    return backup_failed("the keys: " + folder.string() +
                         " has those of another log, or of this one before they were made anew: give each log a "
                         "folder of its own");
  const auto fresh = folder / "next";
  copy_all(keys, data, fresh);
  if (auto synced = sync_tree(fresh); !synced)
    return synced;
  return put_in_place(fresh, current_in(folder), true);
} catch (const std::exception& error) {
  return backup_failed(std::string("the keys: ") + error.what());
}

BackupResult<std::size_t> count_unknown_persons(const EventLog& log, const SubjectKeys& keys) try {
  std::set<SubjectName> seen;
  std::size_t unknown = 0;
  for (Position after;;) {
    const auto page = log.read(after, events_per_read);
    for (const auto& stored : page.events) {
      auto event = decode_frame(stored.frame);
      auto* known = event ? std::get_if<Event>(&event->data) : nullptr;
      if (known == nullptr)
        continue;
      visit_personal_of(*known, [&](const PersonalText& text) {
        SubjectName name{event->envelope.account_id, text.subject};
        if (text.sealed.empty() || !seen.insert(name).second)
          return;
        SubjectKey key;
        unknown += keys.find(name, key) == SubjectKeys::Standing::unknown ? 1 : 0;
      });
    }
    if (page.at_end)
      return unknown;
    after = page.next;
  }
} catch (const SubjectKeysFailure& failure) {
  return backup_failed(failure.what());
}

}  // namespace gatehouse
