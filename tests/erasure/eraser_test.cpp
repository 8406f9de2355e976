// An erasure that was asked for is carried out: the keys, the copies, the certificate; also when something fails in between.
#include "erasure/eraser.hpp"

#include <gtest/gtest.h>

#include <future>
#include <map>
#include <stdexcept>

#include "commands/system_ids.hpp"
#include "domain/always_confirmed.hpp"
#include "erasure/returned_keys.hpp"
#include "events/frame.hpp"
#include "identity/base64url.hpp"
#include "store/memory_event_log.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse {
namespace {

const AccountId acme{"acme"};

class EraserTest : public testing::Test {
 protected:
  EraserTest() {
    commands_.start();
    run(catalogue_stream, {ActorType::service, "console", true, false},
        OpenAccount{acme, "Acme", {UserId{"olga"}, "olga@acme.example", "Olga"}, {}});
    run(acme, directory_, AddMember{UserId{"ann"}, "ann@acme.example", "Ann", "Sales", {}});
    run(acme, directory_, RemoveMember{UserId{"ann"}});
    SubjectKey key;
    EXPECT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::present);
    digest_ = identity::base64url_encode(digest_of(key));
  }
  ~EraserTest() override {
    eraser_.stop();
    commands_.stop();
  }

  void run(const AccountId& account, Caller caller, Command command) {
    Submission submission;
    submission.account_id = account;
    submission.caller = std::move(caller);
    submission.commands.push_back(std::move(command));
    std::promise<Outcome> done;
    commands_.submit(std::move(submission), [&](Outcome outcome) { done.set_value(std::move(outcome)); });
    EXPECT_TRUE(std::holds_alternative<Committed>(done.get_future().get()));
  }
  void ask() { run(acme, directory_, EraseSubject{UserId{"ann"}, {}}); }
  [[nodiscard]] std::optional<SubjectErased> certificate() const {
    const auto last = decode_frame(log_.read_at(log_.head())->frame).value();
    const auto* erased = std::get_if<SubjectErased>(last.known());
    return erased == nullptr ? std::nullopt : std::optional(*erased);
  }
  [[nodiscard]] bool comes() const {
    return http::eventually([&] { return certificate().has_value(); });
  }

  Caller directory_{ActorType::service, "directory", false, true};
  MemoryEventLog log_;
  std::unique_ptr<SubjectKeys> keys_ = make_memory_subject_keys();
  SystemIds ids_;
  AlwaysConfirmed confirmations_;
  CommandService commands_{
      log_, ids_, confirmations_, [] { return Timestamp{1'700'000'000'000}; }, {.keys = keys_.get()}};
  std::string digest_;
  std::atomic<int> failures_{};  // of removing the copies, that are still to come
  std::vector<std::string> forgotten_;
  void start() {
    eraser_.start([this](const AccountId& account, const std::vector<std::string>& subjects) {
      if (failures_ > 0) {
        --failures_;
        throw std::runtime_error("the folder is away");
      }
      for (const auto& subject : subjects)
        forgotten_.push_back(account.value + "/" + subject);
    });
  }
  Eraser eraser_{{log_, commands_, *keys_, [](const std::string&) {}, [](const std::string&) {}}};
};

TEST_F(EraserTest, destroys_the_key_and_certifies_it_by_its_digest) {
  start();
  ask();
  ASSERT_TRUE(comes());
  EXPECT_EQ(certificate()->user_id, UserId{"ann"});
  ASSERT_EQ(certificate()->keys.size(), 1U);
  EXPECT_EQ(certificate()->keys[0].subject, "ann");
  EXPECT_EQ(certificate()->keys[0].sha256, digest_);
  SubjectKey key;
  EXPECT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::destroyed);
  EXPECT_EQ(forgotten_, std::vector<std::string>{"acme/ann"});
  EXPECT_TRUE(http::eventually([&] { return eraser_.erased() == 1; }));
}

TEST_F(EraserTest, goes_on_with_what_was_asked_for_before_it_started) {
  ask();
  start();
  EXPECT_TRUE(comes());
}

TEST_F(EraserTest, knows_the_digest_of_a_key_that_was_destroyed_before_it_was_stopped) {
  ask();
  keys_->destroy({acme, "ann"});
  start();
  ASSERT_TRUE(comes());
  ASSERT_EQ(certificate()->keys.size(), 1U);
  EXPECT_EQ(certificate()->keys[0].sha256, digest_);
}

TEST_F(EraserTest, destroys_again_what_an_older_copy_of_the_keys_brought_back) {
  SubjectKey key;
  ASSERT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::present);
  ask();
  run(acme, {ActorType::system, "erasure", false, false}, RecordSubjectErased{UserId{"ann"}, {}, {}});
  ASSERT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::present) << "as after putting back a copy";
  EXPECT_EQ(destroy_returned_keys(*log_.state(), *keys_), 1U);
  EXPECT_EQ(keys_->find({acme, "ann"}, key), SubjectKeys::Standing::destroyed);
  EXPECT_EQ(destroy_returned_keys(*log_.state(), *keys_), 0U);
}

TEST_F(EraserTest, what_was_asked_for_counts_as_erased_when_keys_are_looked_for_that_came_back) {
  ask();
  EXPECT_EQ(destroy_returned_keys(*log_.state(), *keys_), 1U);
  start();
  ASSERT_TRUE(comes());
  EXPECT_EQ(certificate()->keys.at(0).sha256, digest_);
}

TEST_F(EraserTest, certifies_each_of_many_by_its_own_digest) {
  std::map<std::string, std::string> digests{{"ann", digest_}};
  for (const std::string user : {"bob", "cid", "dan"}) {
    run(acme, directory_, AddMember{UserId{user}, user + "@acme.example", user, {}, {}});
    run(acme, directory_, RemoveMember{UserId{user}});
    SubjectKey key;
    ASSERT_EQ(keys_->find({acme, user}, key), SubjectKeys::Standing::present);
    digests[user] = identity::base64url_encode(digest_of(key));
  }
  for (const auto& [user, digest] : digests)
    run(acme, directory_, EraseSubject{UserId{user}, {}});
  start();
  ASSERT_TRUE(http::eventually([&] { return eraser_.erased() == digests.size(); }));
  std::map<std::string, std::string> certified;
  for (const auto& stored : log_.read({}, 1'000).events) {
    const auto event = decode_frame(stored.frame).value();
    if (const auto* erased = std::get_if<SubjectErased>(event.known()))
      certified[erased->keys.at(0).subject] = erased->keys.at(0).sha256;
  }
  EXPECT_EQ(certified, digests);
}

TEST_F(EraserTest, certifies_nothing_while_a_copy_is_left) {
  failures_ = 1'000'000;
  start();
  ask();
  ASSERT_TRUE(http::eventually([&] { return failures_ < 1'000'000; }));
  EXPECT_TRUE(http::eventually([&] { return eraser_.is_failing(); }));
  EXPECT_FALSE(certificate());
  failures_ = 0;
  EXPECT_TRUE(comes()) << "it is tried again";
  EXPECT_TRUE(http::eventually([&] { return !eraser_.is_failing(); }));
}

}  // namespace
}  // namespace gatehouse
