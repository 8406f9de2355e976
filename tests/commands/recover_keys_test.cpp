// The power goes after commands were answered, and with it what the store of the keys had not synced: everybody's texts are readable all the same.
#include "commands/recover_keys.hpp"

#include <filesystem>
#include <gtest/gtest.h>

#include "domain/state.hpp"
#include "tests/commands/pipeline.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse {
namespace {

using namespace test;

struct RecoverKeys : ::testing::Test {
  RecoverKeys() {
    keys = open("keys");
    keys->renew_reserve(log.head());
    service.emplace(
        log, ids, tokens, [] { return Timestamp{1'700'000'000'000}; }, CommandService::Options{.keys = keys.get()});
  }

  [[nodiscard]] std::unique_ptr<SubjectKeys> open(const std::string& name) const {
    return open_subject_keys((scratch.path() / name).string(), KeysAccess::make).value();
  }
  void remember_disk() {
    std::filesystem::copy(scratch.path() / "keys", scratch.path() / "after", std::filesystem::copy_options::recursive);
  }
  gatehouse::Outcome add(const std::string& user, const std::string& email) {
    return service
        ->run_group({submission_of(directory_service(), {AddMember{UserId{user}, email, "Name of " + user, {}, {}}})})
        .front();
  }
  [[nodiscard]] std::string name_of(const std::string& user, const SubjectKeys& with) const {
    const auto rows = log.state();
    const State state(*rows, AccountId{"acme"}, &with);
    return state.text_of(state.member(UserId{user})->name);
  }

  testing::TemporaryFolder scratch;
  MemoryEventLog log;
  SeededIds ids{1};
  PlainTokens tokens;
  std::unique_ptr<SubjectKeys> keys;
  std::optional<CommandService> service;
};

TEST_F(RecoverKeys, finds_those_of_everybody_who_was_added) {
  remember_disk();
  (void)committed(service->run_group({opening()}).front());
  for (int number = 0; number < 50; ++number) {
    const auto user = "user-" + std::to_string(number);
    (void)committed(add(user, user + "@acme.example"));
    (void)refused(add("twin-" + user, user + "@acme.example"));  // takes a key, and leaves it
  }
  const auto after = open("after");
  EXPECT_EQ(name_of("user-7", *after), "") << "the test would show nothing";
  EXPECT_EQ(count_lost_keys(*after, log), 0U) << "the reserve has them";
  EXPECT_EQ(recover_keys(*after, log), 51U) << "with the owner's";
  for (int number = 0; number < 50; ++number) {
    const auto user = "user-" + std::to_string(number);
    ASSERT_EQ(name_of(user, *after), "Name of " + user);
  }
  EXPECT_EQ(recover_keys(*after, log), 0U) << "again";
}

TEST_F(RecoverKeys, looks_at_nothing_that_is_certain) {
  (void)committed(service->run_group({opening()}).front());
  (void)committed(add("ann", "ann@acme.example"));
  keys->renew_reserve(log.head());
  remember_disk();
  EXPECT_EQ(recover_keys(*open("after"), log), 0U);
  EXPECT_EQ(name_of("ann", *open("after")), "Name of ann");
}

TEST_F(RecoverKeys, leaves_locked_what_no_key_opens) {
  remember_disk();
  (void)committed(service->run_group({opening()}).front());
  const auto foreign = open("foreign");
  foreign->renew_reserve({});
  EXPECT_EQ(recover_keys(*foreign, log), 0U);
  EXPECT_EQ(count_lost_keys(*foreign, log), 1U);
  EXPECT_EQ(name_of("owner", *foreign), "");
}

TEST_F(RecoverKeys, misses_those_of_a_later_reserve_than_the_disk_has) {
  (void)committed(service->run_group({opening()}).front());
  remember_disk();
  keys->renew_reserve(log.head());
  for (const std::string user : {"ann", "bob", "cem"})
    (void)committed(add(user, user + "@acme.example"));
  static_cast<void>(keys->destroy({AccountId{"acme"}, "cem"}));
  EXPECT_EQ(count_lost_keys(*keys, log), 0U);
  EXPECT_EQ(count_lost_keys(*open("after"), log), 3U);
  const auto after = open("after");
  after->destroy({AccountId{"acme"}, "cem"});
  EXPECT_EQ(count_lost_keys(*after, log), 2U) << "who was erased lacks nothing";
}

TEST_F(RecoverKeys, leaves_alone_who_was_erased) {
  (void)committed(service->run_group({opening()}).front());
  (void)committed(add("ann", "ann@acme.example"));
  static_cast<void>(keys->destroy({AccountId{"acme"}, "ann"}));
  EXPECT_EQ(recover_keys(*keys, log), 0U);
  EXPECT_EQ(name_of("ann", *keys), "");
}

}  // namespace
}  // namespace gatehouse
