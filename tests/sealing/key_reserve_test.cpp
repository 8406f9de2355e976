// Keys of new persons that wait for no sync: what was given away is found again in what had reached the disk before, whatever the power took with it.
#include "sealing/key_reserve.hpp"

#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "sealing/key_draft.hpp"
#include "sealing/subject_keys_copy.hpp"
#include "table/key.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse {
namespace {

const AccountId acme{"acme"};

class KeyReserveOnDisk : public ::testing::Test {
 protected:
  KeyReserveOnDisk() {
    open("keys");
    keys_->renew_reserve({10});
  }

  void open(const std::string& name) {
    keys_.reset();
    auto opened = open_subject_keys(path(name), KeysAccess::make);
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    keys_ = std::move(*opened);
  }
  // What a machine finds whose power goes now, if nothing that was not synced had reached its disk: the files of now, without what comes.
  void remember_disk() { std::filesystem::copy(path("keys"), path("after"), std::filesystem::copy_options::recursive); }

  std::string seal_new(const std::string& subject, Position head = {10}) {
    auto draft = KeyDraft::to_record(*keys_);
    PersonalText name{subject, "Name of " + subject};
    EXPECT_TRUE(draft.seal(acme, name));
    keys_->assign(draft.made(), head, keys_->destroyed());
    return name.sealed;
  }
  void refuse_new(const std::string& subject) {
    auto draft = KeyDraft::to_record(*keys_);
    PersonalText name{subject, "Name of " + subject};
    EXPECT_TRUE(draft.seal(acme, name));
  }
  [[nodiscard]] std::string opened(const std::string& subject, const std::string& sealed) const {
    PersonalText text{subject, {}, sealed};
    keys_->open(acme, text);
    return text.text;
  }
  [[nodiscard]] bool any_file_has(const SubjectKey& key) const {
    const std::string bytes(key.encryption.begin(), key.encryption.end());
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path("keys"))) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (text.str().find(bytes) != std::string::npos)
        return true;
    }
    return false;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (scratch_.path() / name).string(); }

  testing::TemporaryFolder scratch_;
  std::unique_ptr<SubjectKeys> keys_;
};

TEST_F(KeyReserveOnDisk, gives_keys_that_stay_their_persons) {
  const auto ann = seal_new("ann");
  open("keys");
  EXPECT_EQ(opened("ann", ann), "Name of ann");
  EXPECT_NE(seal_new("bob"), ann);
  EXPECT_EQ(opened("ann", ann), "Name of ann");
  EXPECT_FALSE(keys_->recover({acme, "carl"}, ann)) << "nobody else's";
}

TEST_F(KeyReserveOnDisk, gives_no_key_to_somebody_who_was_erased_meanwhile) {
  const auto before = keys_->destroyed();
  auto draft = KeyDraft::to_record(*keys_);
  PersonalText name{"ann", "Ann"};
  ASSERT_TRUE(draft.seal(acme, name));
  static_cast<void>(keys_->destroy({acme, "ann"}));
  keys_->assign(draft.made(), {10}, before);
  SubjectKey key;
  EXPECT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::destroyed);
}

TEST_F(KeyReserveOnDisk, has_the_keys_that_were_given_away_without_reaching_the_disk) {
  remember_disk();
  refuse_new("nobody");
  const auto ann = seal_new("ann");
  refuse_new("nobody");
  const auto bob = seal_new("bob");
  open("after");
  EXPECT_EQ(keys_->assigned_until(), Position{10});
  EXPECT_EQ(opened("bob", bob), "");
  EXPECT_TRUE(keys_->recover({acme, "bob"}, bob)) << "in whatever order";
  EXPECT_TRUE(keys_->recover({acme, "ann"}, ann));
  EXPECT_FALSE(keys_->recover({acme, "carl"}, ann)) << "a text is sealed for its person";
  keys_->renew_reserve({12});
  open("after");
  EXPECT_EQ(opened("ann", ann) + opened("bob", bob), "Name of annName of bob");
  EXPECT_EQ(keys_->assigned_until(), Position{12});
}

TEST_F(KeyReserveOnDisk, has_other_keys_after_each_start) {
  remember_disk();
  keys_->renew_reserve({10});
  const auto ann = seal_new("ann");
  open("after");
  EXPECT_FALSE(keys_->recover({acme, "ann"}, ann)) << "who has a copy of the folder of an earlier start";
}

TEST_F(KeyReserveOnDisk, syncs_what_was_given_away_when_it_is_filled) {
  std::vector<std::string> sealed;
  const auto add = [&](std::size_t count) {
    while (count-- > 0)
      sealed.push_back(seal_new("user-" + std::to_string(sealed.size()), {10 + sealed.size()}));
  };
  add(KeyReserve::low);
  EXPECT_EQ(keys_->assigned_until(), Position{10});
  add(2);  // the first of these finds it low
  EXPECT_GT(keys_->assigned_until(), Position{10});
  remember_disk();
  add(KeyReserve::low - 10);
  open("after");
  for (std::size_t number = 0; number < sealed.size(); ++number) {
    const auto subject = "user-" + std::to_string(number);
    if (opened(subject, sealed[number]).empty()) {
      EXPECT_GE(10 + number, keys_->assigned_until()->value) << "before it everything has its key";
      EXPECT_TRUE(keys_->recover({acme, subject}, sealed[number])) << subject;
    }
    EXPECT_EQ(opened(subject, sealed[number]), "Name of " + subject);
  }
}

TEST_F(KeyReserveOnDisk, keeps_up_with_a_log_that_has_no_new_persons) {
  keys_->assign({}, {10 + KeyReserve::events_max - 1}, 0);
  EXPECT_EQ(keys_->assigned_until(), Position{10});
  keys_->assign({}, {10 + KeyReserve::events_max}, 0);
  EXPECT_EQ(keys_->assigned_until(), Position{10 + KeyReserve::events_max});
}

TEST_F(KeyReserveOnDisk, gives_more_keys_than_it_has) {
  auto draft = KeyDraft::to_record(*keys_);
  std::vector<PersonalText> texts;
  for (std::size_t number = 0; number < KeyReserve::full + 10; ++number) {
    texts.push_back({"user-" + std::to_string(number), "Name"});
    ASSERT_TRUE(draft.seal(acme, texts.back()));
  }
  keys_->assign(draft.made(), {10}, 0);
  open("keys");
  for (const auto& text : texts)
    ASSERT_EQ(opened(text.subject, text.sealed), "Name") << text.subject;
}

TEST_F(KeyReserveOnDisk, is_in_no_copy) {
  const auto ann = seal_new("ann");
  copy_subject_keys(*keys_, path("copy"));
  const auto bob = seal_new("bob");
  open("copy");
  EXPECT_EQ(keys_->assigned_until(), std::nullopt);
  EXPECT_EQ(opened("ann", ann), "Name of ann");
  EXPECT_FALSE(keys_->recover({acme, "bob"}, bob)) << "who has the copy reads nobody who came later";
}

TEST_F(KeyReserveOnDisk, has_not_got_the_key_of_somebody_who_is_erased_any_more) {
  const auto ann = seal_new("ann");
  SubjectKey key;
  ASSERT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::present);
  static_cast<void>(keys_->destroy({acme, "ann"}));
  EXPECT_FALSE(any_file_has(key));
  EXPECT_FALSE(keys_->recover({acme, "ann"}, ann));
}

TEST_F(KeyReserveOnDisk, has_not_got_it_either_when_it_was_read_again) {
  static_cast<void>(seal_new("ann"));
  open("keys");
  SubjectKey key;
  ASSERT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::present);
  static_cast<void>(keys_->destroy({acme, "ann"}));
  EXPECT_FALSE(any_file_has(key));
}

TEST_F(KeyReserveOnDisk, misses_a_file_of_its_store_by_its_mark) {
  keys_->renew_reserve({20});
  seal_new("ann", {20});
  keys_->destroy({acme, "ann"});
  EXPECT_FALSE(keys_->lacks_files());
  keys_.reset();
  for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{2}}) {
    std::filesystem::copy(path("keys"), path("cut"), std::filesystem::copy_options::recursive);
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, path("cut"), &db).ok());
    const std::unique_ptr<rocksdb::DB> database(db);
    ASSERT_TRUE(database->Delete({}, Key('q').number(number).take()).ok());
    ASSERT_TRUE(database->Close().ok());
    open("cut");
    EXPECT_TRUE(keys_->lacks_files()) << number;
    keys_->renew_reserve({30});
    EXPECT_FALSE(keys_->lacks_files());
    open("cut");
    EXPECT_FALSE(keys_->lacks_files()) << "whoever goes on without it is not asked again";
    keys_.reset();
    std::filesystem::remove_all(path("cut"));
  }
}

}  // namespace
}  // namespace gatehouse
