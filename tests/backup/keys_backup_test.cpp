#include "backup/keys_backup.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "store/memory_event_log.hpp"
#include "tests/replay/story.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

namespace fs = std::filesystem;

const AccountId acme{"acme"};

struct KeysBackup : ::testing::Test {
  KeysBackup() {
    fs::create_directories(data() / "keys");
    std::ofstream(data() / "keys" / "webhooks.key") << "a secret";
    for (int number = 0; number < 20; ++number)
      keys->add({{name(number), keys->make_key(name(number))}});
  }
  static SubjectName name(int number) { return {acme, "user-" + std::to_string(number)}; }
  [[nodiscard]] fs::path data() const { return scratch.path() / "data"; }
  [[nodiscard]] fs::path folder() const { return scratch.path() / "keys-backup"; }
  static SubjectKey key_in(const SubjectKeys& store, int number) {
    SubjectKey key;
    EXPECT_EQ(store.find(name(number), key), SubjectKeys::Standing::present);
    return key;
  }
  [[nodiscard]] bool any_file_has(const std::array<std::uint8_t, 32>& bytes) const {
    const std::string wanted(bytes.begin(), bytes.end());
    for (const auto& entry : fs::recursive_directory_iterator(folder())) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (text.str().find(wanted) != std::string::npos)
        return true;
    }
    return false;
  }

  const TemporaryFolder scratch;
  std::unique_ptr<SubjectKeys> keys = open_subject_keys((data() / "subject-keys").string(), KeysAccess::make).value();
};

TEST_F(KeysBackup, has_every_key_and_secret_of_now_for_nobody_else) {
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  const auto copy = open_subject_keys(subject_keys_in(folder()).string(), KeysAccess::read).value();
  EXPECT_EQ(digest_of(key_in(*copy, 7)), digest_of(key_in(*keys, 7)));
  EXPECT_EQ(copy->lookup(acme, "a@acme.example"), keys->lookup(acme, "a@acme.example"));
  EXPECT_TRUE(fs::exists(secrets_in(folder()) / "webhooks.key"));
  EXPECT_EQ(fs::status(folder() / "current").permissions(), fs::perms::owner_all);
}

// A file system that cannot exchange two folders: the server may be killed while the copy has neither name, or both are there.
TEST_F(KeysBackup, is_found_where_a_killed_server_left_it) {
  const auto current = folder() / "current", former = folder() / "current.former";
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  fs::rename(current, former);
  EXPECT_TRUE(fs::exists(subject_keys_in(folder())));
  EXPECT_TRUE(fs::exists(secrets_in(folder())));
  keys.reset();
  fs::rename(data() / "subject-keys", data() / "lost");
  keys = open_subject_keys((data() / "subject-keys").string(), KeysAccess::make).value();
  ASSERT_FALSE(replace_keys_backup(keys.get(), data(), folder()).has_value()) << "it is another log's";
  EXPECT_TRUE(fs::exists(current / "subject-keys"));
  EXPECT_FALSE(fs::exists(former));
  fs::copy(current, former, fs::copy_options::recursive);
  keys.reset();
  keys = open_subject_keys((data() / "lost").string(), KeysAccess::make).value();
  EXPECT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  EXPECT_FALSE(fs::exists(former)) << "it may have keys that are destroyed";
}

TEST_F(KeysBackup, does_not_take_the_place_of_another_logs) {
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value()) << "its own";
  const auto other = scratch.path() / "other";
  const auto others = open_subject_keys((other / "subject-keys").string(), KeysAccess::make).value();
  for (const SubjectKeys* anothers : {others.get(), static_cast<SubjectKeys*>(nullptr)}) {
    const auto refused = replace_keys_backup(anothers, other, folder());
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().detail.find("has those of another log"), std::string::npos) << refused.error().detail;
  }
  const auto copy = open_subject_keys(subject_keys_in(folder()).string(), KeysAccess::read).value();
  EXPECT_EQ(digest_of(key_in(*copy, 7)), digest_of(key_in(*keys, 7)));
}

TEST_F(KeysBackup, does_not_lose_keys_that_the_store_has_lost) {
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  keys.reset();
  const auto store = data() / "subject-keys";
  fs::copy(store, scratch.path() / "before", fs::copy_options::recursive);
  keys = open_subject_keys(store.string(), KeysAccess::make).value();
  const SubjectName late{acme, "late"};
  keys->add({{late, keys->make_key(late)}});
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  keys.reset();
  fs::remove_all(store);
  fs::rename(scratch.path() / "before", store);
  keys = open_subject_keys(store.string(), KeysAccess::make).value();
  const auto refused = replace_keys_backup(keys.get(), data(), folder());
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().detail.find("has those of 1 persons"), std::string::npos) << refused.error().detail;
  SubjectKey key;
  const auto copy = open_subject_keys(subject_keys_in(folder()).string(), KeysAccess::read).value();
  EXPECT_EQ(copy->find(late, key), SubjectKeys::Standing::present);
  keys->destroy(late);
  EXPECT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value()) << "it knows that there is none";
}

// RocksDB opens nothing without this file.
void break_store(const fs::path& folder) { fs::remove(folder / "CURRENT"); }

TEST_F(KeysBackup, replaces_its_own_when_it_is_damaged) {
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  break_store(subject_keys_in(folder()));
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  const auto copy = open_subject_keys(subject_keys_in(folder()).string(), KeysAccess::read).value();
  EXPECT_EQ(digest_of(key_in(*copy, 7)), digest_of(key_in(*keys, 7)));
}

TEST_F(KeysBackup, keeps_another_logs_that_cannot_be_read) {
  const auto others = open_subject_keys((scratch.path() / "other").string(), KeysAccess::make).value();
  ASSERT_TRUE(replace_keys_backup(others.get(), scratch.path() / "other", folder()).has_value());
  break_store(subject_keys_in(folder()));
  const auto refused = replace_keys_backup(keys.get(), data(), folder());
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().detail.find("has those of another log"), std::string::npos) << refused.error().detail;
  EXPECT_FALSE(fs::is_empty(subject_keys_in(folder())));
}

TEST_F(KeysBackup, keeps_what_nothing_says_whose_it_is) {
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  break_store(subject_keys_in(folder()));
  fs::remove(folder() / "current" / "subject-keys.mark");
  const auto refused = replace_keys_backup(keys.get(), data(), folder());
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().detail.find("nothing else says whose they are"), std::string::npos)
      << refused.error().detail;
  EXPECT_FALSE(fs::is_empty(subject_keys_in(folder())));
}

TEST_F(KeysBackup, forgets_with_its_replacement_what_was_destroyed) {
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  const auto gone = key_in(*keys, 3);
  ASSERT_TRUE(any_file_has(gone.encryption)) << "the test would not see it";
  keys->destroy(name(3));
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  EXPECT_FALSE(any_file_has(gone.encryption));
  EXPECT_FALSE(any_file_has(gone.nonces));
  const auto copy = open_subject_keys(subject_keys_in(folder()).string(), KeysAccess::read).value();
  SubjectKey key;
  EXPECT_EQ(copy->find(name(3), key), SubjectKeys::Standing::destroyed) << "no key is ever made for him again";
  EXPECT_EQ(digest_of(key_in(*copy, 4)), digest_of(key_in(*keys, 4)));
}

TEST_F(KeysBackup, tells_how_many_persons_of_a_log_it_does_not_know) {
  MemoryEventLog log;
  Story(log, 3, {.keys = keys.get(), .erases = true}).go_on(60);
  EXPECT_EQ(count_unknown_persons(log, *keys).value(), 0U) << "those whose keys were destroyed are known";
  const auto other = open_subject_keys((scratch.path() / "other").string(), KeysAccess::make).value();
  const auto unknown = count_unknown_persons(log, *other).value();
  EXPECT_GT(unknown, 5U);
  const ScratchSpace nothing_in_memory{.parent = scratch.path(), .memory_bytes_max = 0};
  EXPECT_EQ(count_unknown_persons(log, *other, nothing_in_memory).value(), unknown);
}

}  // namespace
}  // namespace gatehouse::testing
