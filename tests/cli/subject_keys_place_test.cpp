// Which logs are served with which store of keys.
#include "cli/subject_keys_place.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <sstream>
#include <stdexcept>

#include "commands/command_service.hpp"
#include "commands/system_ids.hpp"
#include "domain/always_confirmed.hpp"
#include "store/memory_event_log.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class KeysToServe : public ::testing::Test {
 protected:
  void open_account(SubjectKeys* keys, const std::string& account = "acme") {
    Submission submission;
    submission.account_id = catalogue_stream;
    submission.caller = {ActorType::service, "console", true, false};
    submission.commands.emplace_back(
        OpenAccount{AccountId{account}, "Acme", {UserId{"olga"}, "olga@acme.example", "Olga"}, {}});
    CommandService service(log_, ids_, confirmations_, [] { return Timestamp{1'700'000'000'000}; }, {.keys = keys});
    ASSERT_TRUE(std::holds_alternative<Committed>(service.run_group({submission}).front()));
  }
  [[nodiscard]] std::unique_ptr<SubjectKeys> keys(bool make_anew = false) const {
    return keys_to_serve(data(), log_, make_anew);
  }
  // A store with a key for the same person of the same account.
  void replace_by_anothers() const {
    std::filesystem::remove_all(subject_keys_of(data()));
    const auto others = open_subject_keys(subject_keys_of(data()), KeysAccess::make).value();
    const SubjectName olga{AccountId{"acme"}, "olga"};
    others->add({{olga, others->make_key(olga)}});
  }
  // Of RocksDB's files, by their names; its lines of what it does are none of the store.
  [[nodiscard]] std::map<std::string, std::string> bytes_of_store() const {
    std::map<std::string, std::string> bytes;
    for (const auto& entry : std::filesystem::directory_iterator(subject_keys_of(data()))) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      bytes[entry.path().filename().string()] = text.str();
    }
    return bytes;
  }
  [[nodiscard]] std::string data() const { return folder_.path().string(); }

  gatehouse::testing::TemporaryFolder folder_;
  MemoryEventLog log_;
  SystemIds ids_;
  AlwaysConfirmed confirmations_;
};

TEST_F(KeysToServe, are_made_for_a_log_that_tells_of_nobody_and_found_again) {
  open_account(keys().get());
  EXPECT_NE(keys(), nullptr);
}

TEST_F(KeysToServe, are_none_for_a_log_that_was_begun_without_whatever_lies_beside_it) {
  open_account(nullptr);
  EXPECT_EQ(keys(), nullptr);
  bring_keys({}, data());
  EXPECT_EQ(keys(), nullptr) << "a mixture would not find its own addresses";
}

TEST_F(KeysToServe, are_demanded_where_they_are_missing_or_the_folder_is_empty) {
  open_account(keys().get());
  std::filesystem::remove_all(subject_keys_of(data()));
  EXPECT_THAT([this] { static_cast<void>(keys()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("--new-subject-keys")));
  std::filesystem::create_directory(subject_keys_of(data()));
  EXPECT_THAT([this] { static_cast<void>(keys()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("--new-subject-keys")));
  EXPECT_NE(keys(true), nullptr);
  EXPECT_NE(keys(), nullptr) << "from then on without asking";
}

TEST_F(KeysToServe, are_not_those_of_another_log) {
  open_account(keys().get());
  std::filesystem::remove_all(subject_keys_of(data()));
  ASSERT_TRUE(open_subject_keys(subject_keys_of(data()), KeysAccess::make).has_value());
  EXPECT_THAT([this] { static_cast<void>(keys()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("not the store of this log")));
}

TEST_F(KeysToServe, are_not_those_of_a_log_with_the_same_names) {
  open_account(keys().get());
  replace_by_anothers();
  EXPECT_THAT([this] { static_cast<void>(keys()); },
              ThrowsMessage<DataRefused>(HasSubstr("not the store of this log")));
  EXPECT_THAT(trouble_with_keys(data(), log_), HasSubstr("not the store of this log"));
}

TEST_F(KeysToServe, that_were_made_anew_are_those_and_no_others) {
  open_account(keys().get());
  std::filesystem::remove_all(subject_keys_of(data()));
  ASSERT_NE(keys(true), nullptr);
  ASSERT_NE(keys(), nullptr);
  replace_by_anothers();
  EXPECT_THAT([this] { static_cast<void>(keys()); },
              ThrowsMessage<DataRefused>(HasSubstr("not the store of this log")));
}

// As after damage in the middle of the store's write-ahead log, behind which RocksDB reads nothing.
TEST_F(KeysToServe, that_lost_some_of_the_newest_are_refused_as_they_are) {
  const auto early = folder_.path() / "early";
  {
    const auto own = keys();
    own->renew_reserve(log_.head());
    open_account(own.get());
    std::filesystem::copy(subject_keys_of(data()), early, std::filesystem::copy_options::recursive);
    own->renew_reserve(log_.head());
    open_account(own.get(), "second");
  }
  ASSERT_NE(keys(), nullptr);
  std::filesystem::remove_all(subject_keys_of(data()));
  std::filesystem::rename(early, subject_keys_of(data()));
  const auto before = bytes_of_store();
  EXPECT_THAT([this] { static_cast<void>(keys()); },
              ThrowsMessage<DataRefused>(HasSubstr("has lost the keys of 1 of the newest persons")));
  EXPECT_THAT(trouble_with_keys(data(), log_), HasSubstr("has lost the keys"));
  ::testing::internal::CaptureStderr();
  EXPECT_NE(keys_to_read(data(), log_), nullptr) << "what can be read may be looked at";
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("has lost the keys"));
  EXPECT_EQ(bytes_of_store(), before);
  EXPECT_NE(keys(true), nullptr);
}

TEST_F(KeysToServe, are_read_without_a_change_of_their_files) {
  {
    const auto own = keys();
    open_account(own.get());
  }
  const auto before = bytes_of_store();
  const auto read = keys_to_read(data(), log_);
  SubjectKey key;
  EXPECT_EQ(read->find({AccountId{"acme"}, "olga"}, key), SubjectKeys::Standing::present);
  EXPECT_EQ(bytes_of_store(), before);
}

TEST_F(KeysToServe, that_the_disk_refuses_may_be_read_later_and_are_not_called_damaged) {
  const auto full = "IO error: No space left on device: While appending to file: subject-keys/000012.log";
  EXPECT_TRUE(is_of_disk(full));
  EXPECT_FALSE(is_of_disk("IO error: No such file or directory: subject-keys/000011.sst")) << "it was taken away";
  EXPECT_FALSE(is_of_disk("Corruption: block checksum mismatch"));
  EXPECT_EQ(tell_failed_keys("data", full).find("--new-subject-keys"), std::string::npos);
  EXPECT_NE(tell_failed_keys("data", "Corruption: x").find("--new-subject-keys"), std::string::npos);
}

TEST_F(KeysToServe, of_an_erased_owner_are_still_this_logs) {
  {
    const auto own = keys();
    open_account(own.get());
    own->destroy({AccountId{"acme"}, "olga"});
  }
  EXPECT_NE(keys(), nullptr);
}

}  // namespace
}  // namespace gatehouse::cli
