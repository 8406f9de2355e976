// Keys of persons in the command path: made with what is recorded, and not for what is refused or tried.
#include <gmock/gmock.h>

#include "domain/state.hpp"
#include "store/try_to_read.hpp"
#include "tests/commands/pipeline.hpp"

namespace gatehouse {
namespace {

using namespace test;

// A store that a test can break.
class BrittleKeys final : public SubjectKeys {
 public:
  bool reads = true;
  bool writes = true;
  std::size_t added = 0;

  Standing find(const SubjectName& name, SubjectKey& key) const override {
    if (!reads)
      throw SubjectKeysFailure("cannot be read");
    return keys_->find(name, key);
  }
  void add(const NewKeys& keys) override {
    if (!writes)
      throw SubjectKeysFailure("cannot be written");
    added += keys.size();
    keys_->add(keys);
  }
  using SubjectKeys::destroy;
  Digests destroy(std::span<const SubjectName> names) override { return keys_->destroy(names); }

 private:
  std::unique_ptr<SubjectKeys> keys_ = make_memory_subject_keys();
};

class SealedCommands : public ::testing::Test {
 protected:
  SealedCommands() { run(opening()); }

  gatehouse::Outcome run(Submission submission) { return service_.run_group({std::move(submission)}).front(); }
  static Submission add(const std::string& user, const std::string& email = "") {
    return submission_of(directory_service(),
                         {AddMember{UserId{user}, email.empty() ? user + "@acme.example" : email, user, {}, {}}});
  }
  [[nodiscard]] bool has_key(const std::string& subject) const {
    SubjectKey key;
    return keys_.find({AccountId{"acme"}, subject}, key) != SubjectKeys::Standing::unknown;
  }

  MemoryEventLog log_;
  BrittleKeys keys_;
  SeededIds ids_{1};
  PlainTokens tokens_;
  CommandService service_{log_, ids_, tokens_, [] { return Timestamp{1'700'000'000'000}; }, {.keys = &keys_}};
};

TEST_F(SealedCommands, make_a_key_with_what_is_recorded) {
  (void)committed(run(add("ann")));
  EXPECT_TRUE(has_key("ann"));
  (void)committed(run(submission_of(directory_service(), {ChangeMember{UserId{"ann"}, {}, "Ann", {}, {}}})));
  EXPECT_EQ(keys_.added, 2U) << "the owner's and hers";
}

TEST_F(SealedCommands, leave_no_key_when_they_are_refused_or_only_tried) {
  EXPECT_EQ(refused(run(add("bob", "owner@acme.example"))), RejectionCode::email_in_use);
  auto both = add("bob");
  both.commands.emplace_back(RemoveMember{UserId{"nobody"}});
  EXPECT_EQ(refused(run(both)), RejectionCode::user_not_found);
  auto tried = add("bob");
  tried.dry_run = true;
  EXPECT_EQ(committed(run(tried)).events.size(), 1U);
  EXPECT_FALSE(has_key("bob"));
}

TEST_F(SealedCommands, know_in_a_batch_and_in_a_group_whom_the_ones_before_added) {
  auto batch = add("ann");
  batch.commands.emplace_back(AddMember{UserId{"bob"}, "ANN@acme.example", "Bob", {}, {}});
  EXPECT_EQ(refused(run(batch)), RejectionCode::email_in_use);
  batch.dry_run = true;
  EXPECT_EQ(refused(run(batch)), RejectionCode::email_in_use) << "as for real";
  const auto outcomes = service_.run_group({add("ann"), add("bob", "ann@acme.example")});
  (void)committed(outcomes[0]);
  EXPECT_EQ(refused(outcomes[1]), RejectionCode::email_in_use);
}

TEST_F(SealedCommands, change_nothing_when_the_same_member_comes_again) {
  (void)committed(run(add("ann")));
  EXPECT_TRUE(committed(run(add("ann"))).events.empty());
  EXPECT_EQ(refused(run(add("ann", "other@acme.example"))), RejectionCode::member_exists);
}

TEST_F(SealedCommands, are_not_written_when_the_keys_cannot_be) {
  const auto head = log_.head();
  keys_.writes = false;
  EXPECT_EQ(failed(run(add("ann"))), Failure::read_only);
  EXPECT_EQ(log_.head(), head);
  (void)committed(run(submission_of(as("owner"), {SetUserInstallBlock{true}})));
  keys_.writes = true;
  (void)committed(run(add("ann")));
}

TEST_F(SealedCommands, fail_alone_when_the_keys_cannot_be_read) {
  keys_.reads = false;
  const auto outcomes = service_.run_group({add("ann"), submission_of(as("owner"), {SetUserInstallBlock{true}})});
  EXPECT_EQ(failed(outcomes[0]), Failure::read_only);
  (void)committed(outcomes[1]);
  PersonalText name{"owner", {}, "sealed"};
  const auto opened = try_to_read([&] {
    keys_.open(AccountId{"acme"}, name);
    return true;
  });
  EXPECT_FALSE(opened.has_value()) << "locked would look as if the key had never been there";
}

TEST_F(SealedCommands, record_nothing_of_somebody_whose_key_is_gone_whatever_the_state_says) {
  keys_.destroy({AccountId{"acme"}, "ann"});
  EXPECT_EQ(refused(run(add("ann"))), RejectionCode::subject_erased);
}

}  // namespace
}  // namespace gatehouse
