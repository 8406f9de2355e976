// The store on disk: what is added stays, and what is destroyed is in none of its files.
#include "sealing/subject_keys.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>

#include "sealing/key_draft.hpp"
#include "sealing/subject_keys_copy.hpp"
#include "store/try_to_read.hpp"
#include "tests/store/file_damage.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse {
namespace {

const AccountId acme{"acme"};

class SubjectKeysOnDisk : public ::testing::Test {
 protected:
  void open(KeysAccess access = KeysAccess::make) {
    keys_.reset();
    auto opened = open_subject_keys(folder(), access);
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    keys_ = std::move(*opened);
  }
  [[nodiscard]] std::string folder() const { return (scratch_.path() / "subject-keys").string(); }
  void add(const std::string& subject) { keys_->add({{{acme, subject}, keys_->make_key({acme, subject})}}); }
  [[nodiscard]] std::optional<SubjectKey> key_of(const std::string& subject) const {
    SubjectKey key;
    if (keys_->find({acme, subject}, key) != SubjectKeys::Standing::present)
      return std::nullopt;
    return key;
  }
  // Whether any file has these bytes.
  [[nodiscard]] bool has_bytes(const std::array<std::uint8_t, 32>& bytes) const {
    const std::string wanted(bytes.begin(), bytes.end());
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (text.str().find(wanted) != std::string::npos)
        return true;
    }
    return false;
  }

  testing::TemporaryFolder scratch_;
  std::unique_ptr<SubjectKeys> keys_;
};

// "Locked" would look as if the key had never been there.
TEST_F(SubjectKeysOnDisk, that_cannot_be_read_are_not_taken_for_missing) {
  open();
  open();  // which writes a file of what the write-ahead log has
  const auto texts = [this] {
    std::vector<PersonalText> sealed;
    for (int number = 0; number < 200; ++number) {
      auto& text = sealed.emplace_back("u" + std::to_string(1'000 + number));
      add(text.subject);
      text.sealed = seal_text(*key_of(text.subject), {acme, text.subject}, "", "Ann");
    }
    return sealed;
  }();
  open();
  keys_.reset();
  std::filesystem::path newest;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".sst")
      newest = std::max(newest, entry.path());
  }
  testing::flip_bit(newest, 8 * 10'000);  // in a block that nothing reads at the beginning
  open(KeysAccess::read);
  int unreadable = 0;
  for (auto text : texts) {
    const auto opened = try_to_read([&] {
      keys_->open(acme, text);
      return text.unreadable;
    });
    unreadable += opened ? 0 : 1;
    EXPECT_TRUE(opened ? *opened == PersonalText::Unreadable::no : opened.error().table == keys_table) << text.subject;
  }
  EXPECT_GT(unreadable, 0);
}

TEST_F(SubjectKeysOnDisk, are_there_again) {
  open();
  add("ann");
  const auto key = key_of("ann");
  const auto lookup = keys_->lookup(acme, "ann@acme.example");
  open();
  ASSERT_TRUE(key && key_of("ann"));
  EXPECT_EQ(digest_of(*key_of("ann")), digest_of(*key));
  EXPECT_EQ(keys_->lookup(acme, "ann@acme.example"), lookup);
  EXPECT_FALSE(key_of("bob"));
  add("ann");
  EXPECT_EQ(digest_of(*key_of("ann")), digest_of(*key)) << "a key is never replaced";
}

TEST_F(SubjectKeysOnDisk, are_in_no_file_when_they_are_destroyed) {
  open();
  for (int number = 0; number < 500; ++number)
    add("user-" + std::to_string(number));
  open();  // so that they are in table files as well as in the store's log
  for (int number = 500; number < 600; ++number)
    add("user-" + std::to_string(number));
  for (const auto* subject : {"user-7", "user-599"}) {
    const auto key = key_of(subject).value();
    ASSERT_TRUE(has_bytes(key.encryption)) << "the test would not see it";
    const auto digest = keys_->destroy({acme, subject});
    EXPECT_EQ(digest, digest_of(key));
    EXPECT_FALSE(has_bytes(key.encryption)) << subject;
    EXPECT_FALSE(has_bytes(key.nonces)) << subject;
    EXPECT_EQ(keys_->destroy({acme, subject}), digest) << "again";
  }
  EXPECT_EQ(keys_->destroyed(), 4U);
  open();
  SubjectKey key;
  EXPECT_EQ(keys_->find({acme, "user-7"}, key), SubjectKeys::Standing::destroyed);
  EXPECT_TRUE(key_of("user-8"));
  EXPECT_TRUE(key_of("user-598"));
}

// Whoever copies reads files that the destruction takes out of use.
TEST_F(SubjectKeysOnDisk, are_in_no_file_when_they_are_destroyed_while_copies_are_made) {
  open();
  NewKeys many;
  for (int number = 0; number < 20'000; ++number) {
    const SubjectName name{acme, "user-" + std::to_string(number)};
    many.emplace(name, keys_->make_key(name));
  }
  keys_->add(many);
  open();
  std::atomic<bool> enough{false};
  std::atomic<int> copies{0};
  std::thread copier([&] {
    for (; !enough; ++copies)
      copy_subject_keys(*keys_, (scratch_.path() / ("copy-" + std::to_string(copies))).string());
  });
  for (int number = 0; number < 10 || copies < 2; ++number) {
    const auto subject = "user-" + std::to_string(number);
    const auto key = key_of(subject).value();
    keys_->destroy({acme, subject});
    EXPECT_FALSE(has_bytes(key.encryption)) << subject;
  }
  enough = true;
  copier.join();
  const auto copy = open_subject_keys((scratch_.path() / "copy-0").string(), KeysAccess::read).value();
  EXPECT_EQ(count_lacking_subjects(*keys_, *copy), 0U);
  EXPECT_EQ(count_lacking_subjects(*copy, *keys_), 0U);
  keys_->add({{{acme, "vera"}, keys_->make_key({acme, "vera"})}});
  EXPECT_EQ(count_lacking_subjects(*copy, *keys_), 1U);
}

TEST_F(SubjectKeysOnDisk, never_come_for_a_subject_that_was_erased_before_it_had_one) {
  open();
  EXPECT_EQ(keys_->destroy({acme, "nobody"}), std::nullopt);
  add("nobody");
  EXPECT_FALSE(key_of("nobody"));
}

TEST_F(SubjectKeysOnDisk, can_be_read_while_nobody_else_may_write) {
  open();
  add("ann");
  EXPECT_FALSE(open_subject_keys(folder(), KeysAccess::make).has_value()) << "somebody has them open";
  auto reader = open_subject_keys(folder(), KeysAccess::read);
  ASSERT_TRUE(reader.has_value());
  PersonalText name{"ann", "Ann"};
  KeyDraft draft(*keys_);
  ASSERT_TRUE(draft.seal(acme, name));
  name.text.clear();
  (*reader)->open(acme, name);
  EXPECT_EQ(name.text, "Ann");
}

TEST_F(SubjectKeysOnDisk, are_for_the_servers_user_alone) {
  open();
  EXPECT_EQ(std::filesystem::status(folder()).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(SubjectKeysOnDisk, knows_from_where_on_keys_are_missing_when_its_write_ahead_log_is_lost) {
  open();
  keys_->renew_reserve(Position{7});
  keys_->renew_reserve(Position{8});
  keys_.reset();
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".log")
      std::filesystem::remove(entry.path());
  }
  open();
  EXPECT_EQ(keys_->assigned_until(), Position{7});
}

}  // namespace
}  // namespace gatehouse
