// Two groups at once: while one is being written, the next is decided on what it changes. What that means when the first is slow, is not written, or had
// the same request in it.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <semaphore>
#include <thread>

#include "commands/command_service.hpp"
#include "events/frame.hpp"
#include "tests/commands/held_log.hpp"
#include "tests/commands/pipeline.hpp"

namespace gatehouse {
namespace {

using namespace test;
using gatehouse::Outcome;

Submission add(const std::string& user, const std::string& email) {
  return submission_of(directory_service(), {AddMember{UserId{user}, email + "@acme.example", {}, {}, {}}});
}
Submission remove(const std::string& user) { return submission_of(directory_service(), {RemoveMember{UserId{user}}}); }

class TwoGroups : public ::testing::Test {
 protected:
  TwoGroups() {
    service_.run_group({opening()});
    decided_ = 0;
    log_.holding = true;
    service_.start();
  }
  ~TwoGroups() override {
    log_.holding = false;
    log_.released.release(100);
    service_.stop();
  }

  std::future<Outcome> submit(Submission submission) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    service_.submit(std::move(submission), [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
  }
  // Is being written, and stays so.
  std::future<Outcome> hold(Submission submission) {
    auto outcome = submit(std::move(submission));
    log_.begun.acquire();
    return outcome;
  }
  // Is decided meanwhile; only the first is at once, the next ones wait for company.
  std::future<Outcome> decide_meanwhile(Submission submission) {
    const int before = decided_;
    auto outcome = submit(std::move(submission));
    while (decided_ < before + 2)
      std::this_thread::yield();
    return outcome;
  }
  void let_go() { log_.released.release(100); }
  static bool is_open(const std::future<Outcome>& outcome) {
    return outcome.wait_for(std::chrono::milliseconds{20}) == std::future_status::timeout;
  }
  State state() { return State(*memory_.state(), AccountId{"acme"}); }

  MemoryEventLog memory_;
  HeldLog log_{memory_};
  SeededIds ids_{1};
  PlainTokens tokens_;
  static Timestamp at(std::int64_t later) { return {1'700'000'000'000 + later}; }

  std::atomic<std::int64_t> later_{0};
  std::atomic<int> decided_{0};  // the clock is asked once for each, and once for its group
  CommandService service_{log_, ids_, tokens_, [this] {
                            ++decided_;
                            return at(later_);
                          }};
};

TEST_F(TwoGroups, TheSecondSeesWhatTheFirstChanges) {
  auto first = hold(add("ann", "ann"));
  auto second = decide_meanwhile(remove("ann"));
  EXPECT_TRUE(is_open(second));
  let_go();
  const auto added = committed(first.get()), removed = committed(second.get());
  EXPECT_EQ(removed.position.value, added.position.value + 1);
  EXPECT_EQ(removed.account_version, added.account_version + 1);
  EXPECT_EQ(service_.counters().conflicts.load(), 0U);
  EXPECT_EQ(state().member(UserId{"ann"})->status, MemberStatus::removed);
}

TEST_F(TwoGroups, ATimeIsOverWhenWhatWasRecordedThenCanBeReadAndDoesNotComeAgain) {
  auto first = hold(add("ann", "ann"));
  later_ = 10;
  EXPECT_FALSE(service_.is_over(at(5))) << "ann was recorded then, and nobody can read it yet";
  EXPECT_TRUE(service_.is_over(at(-1)));
  let_go();
  EXPECT_EQ(committed(first.get()).events.front().envelope.recorded_at, at(0));
  EXPECT_TRUE(service_.is_over(at(5)));
  EXPECT_FALSE(service_.is_over(at(10))) << "it is that time now";
  later_ = 0;
  EXPECT_EQ(committed(submit(remove("ann")).get()).events.front().envelope.recorded_at, at(10));
}

TEST_F(TwoGroups, ATimeIsNotOverWhenNobodyKnowsWhatWasRecordedThen) {
  auto first = hold(add("ann", "ann"));
  later_ = 10;
  log_.next_answer = AppendStatus::unknown;
  let_go();
  const auto outcome = first.get();
  ASSERT_TRUE(std::holds_alternative<Failed>(outcome));
  ASSERT_EQ(std::get<Failed>(outcome).failure, Failure::unknown);
  EXPECT_FALSE(service_.is_over(at(5))) << "the next start may find ann";
  EXPECT_TRUE(service_.is_over(at(-1)));
}

TEST_F(TwoGroups, ARefusalForTheSakeOfTheFirstIsToldOnlyWhenThatIsDurable) {
  auto first = hold(add("ann", "ann"));
  auto second = decide_meanwhile(add("bob", "ann"));
  EXPECT_TRUE(is_open(second));
  let_go();
  EXPECT_EQ(refused(second.get()), RejectionCode::email_in_use);
  EXPECT_EQ(committed(first.get()).events.size(), 1U);
}

TEST_F(TwoGroups, WhatChangesNothingIsAnsweredWithThePositionOfTheFirst) {
  auto first = hold(submission_of(as("owner"), {SetUserInstallBlock{true}}));
  auto second = decide_meanwhile(submission_of(as("owner"), {SetUserInstallBlock{true}}));
  EXPECT_TRUE(is_open(second));
  let_go();
  const auto answer = committed(second.get());
  EXPECT_TRUE(answer.events.empty());
  EXPECT_EQ(answer.position, committed(first.get()).position);
}

TEST_F(TwoGroups, TheSecondIsDecidedAgainWhenTheFirstIsNotWritten) {
  log_.next_answer = AppendStatus::unavailable;
  auto first = hold(add("ann", "ann"));
  auto refusal = decide_meanwhile(add("ann", "other"));  // on what is not written
  auto removal = submit(remove("ann"));
  let_go();
  EXPECT_EQ(failed(first.get()), Failure::read_only);
  EXPECT_EQ(committed(refusal.get()).events.size(), 1U);
  EXPECT_EQ(committed(removal.get()).events.size(), 1U);
  EXPECT_EQ(state().member(UserId{"ann"})->status, MemberStatus::removed);
}

TEST_F(TwoGroups, BothAreDecidedAgainAfterAnotherWriter) {
  Pipeline other(memory_, 99);
  auto first = hold(add("ann", "ann"));
  auto second = decide_meanwhile(add("bob", "bob"));
  other.commit(add("cid", "ann"));
  let_go();
  EXPECT_EQ(refused(first.get()), RejectionCode::email_in_use);
  EXPECT_EQ(committed(second.get()).events.size(), 1U);
  EXPECT_EQ(memory_.head().value, 4U);
}

TEST_F(TwoGroups, TheSameRequestInBothIsWrittenOnce) {
  const auto request = keyed(add("ann", "ann"), 1);
  auto first = hold(request);
  auto again = decide_meanwhile(request);
  auto misuse = submit(keyed(add("bob", "bob"), 1, 9));
  auto after = submit(add("cid", "cid"));
  EXPECT_TRUE(is_open(again));
  EXPECT_TRUE(is_open(misuse));
  let_go();
  const auto answer = committed(again.get());
  EXPECT_TRUE(answer.replayed);
  EXPECT_EQ(answer.position, committed(first.get()).position);
  EXPECT_EQ(failed(misuse.get()), Failure::key_reused);
  EXPECT_EQ(committed(after.get()).position.value, answer.position.value + 1);
}

TEST_F(TwoGroups, NothingIsDecidedBesideACommandOfTheCatalogue) {
  RegisterApp app;
  app.app_id = AppId{"chat"};
  app.developer.kind = DeveloperKind::platform;
  auto first = hold(submission_of(platform_service(), {app}, catalogue_stream.value));
  const int before = decided_;
  auto second = submit(submission_of(as("owner"), {SetUserInstallBlock{true}}));
  EXPECT_TRUE(is_open(second));
  EXPECT_EQ(decided_, before);
  let_go();
  EXPECT_EQ(committed(second.get()).events[0].envelope.catalogue_position, committed(first.get()).position);
}

TEST_F(TwoGroups, AfterAWriteOfUnknownOutcomeTheSecondIsNotWritten) {
  log_.next_answer = AppendStatus::unknown;
  const auto request = keyed(add("ann", "ann"), 1);
  auto first = hold(request);
  auto second = decide_meanwhile(keyed(add("bob", "bob"), 2));
  auto twin = submit(request);
  let_go();
  EXPECT_EQ(failed(first.get()), Failure::unknown);
  EXPECT_EQ(failed(second.get()), Failure::read_only);
  EXPECT_EQ(failed(twin.get()), Failure::unknown) << "it may have run";
  EXPECT_EQ(failed(submit(request).get()), Failure::unknown) << "it still may";
  EXPECT_EQ(failed(submit(add("ann", "ann")).get()), Failure::read_only);
  EXPECT_EQ(memory_.head().value, 2U);
}

TEST_F(TwoGroups, WhatComesWhileTheFirstIsWrittenGoesTogether) {
  const auto groups = service_.counters().groups.load();
  auto first = hold(add("ann", "ann"));
  std::vector<std::future<Outcome>> meanwhile;
  for (int number = 0; number < 20; ++number)
    meanwhile.push_back(submit(add("user" + std::to_string(number), "user" + std::to_string(number))));
  let_go();
  for (auto& outcome : meanwhile)
    EXPECT_EQ(committed(outcome.get()).events.size(), 1U);
  EXPECT_EQ(service_.counters().groups.load(), groups + 2);
}

// Refuses whole groups now and then, as a full disk does, or as another writer would make it.
class MoodyLog final : public InterferingLog {
 public:
  using InterferingLog::InterferingLog;

  std::vector<AppendResult> append(std::span<CommitDraft> group) override {
    const auto mood = ++groups_ % 5;
    if (mood == 1 || mood == 3) {
      const auto status = mood == 1 ? AppendStatus::unavailable : AppendStatus::conflict;
      return std::vector<AppendResult>(group.size(), AppendResult{status, {}, {}, {}});
    }
    return InterferingLog::append(group);
  }

 private:
  int groups_ = 1;
};

TEST(MoodyTurns, EveryAnswerIsTrue) {
  constexpr int submitters = 8, commands_each = 100;
  MemoryEventLog memory;
  MoodyLog log(memory);
  SeededIds ids{1};
  PlainTokens tokens;
  CommandService service(log, ids, tokens, [] { return Timestamp{1'700'000'000'000}; });
  service.run_group({opening()});
  service.start();
  std::mutex mutex;
  std::map<std::string, bool> written;
  std::vector<std::jthread> threads;
  for (int number = 0; number < submitters; ++number) {
    threads.emplace_back([&, number] {
      for (int index = 0; index < commands_each; ++index) {
        const auto user = "user-" + std::to_string(number) + "-" + std::to_string(index);
        std::promise<Outcome> promise;
        service.submit(add(user, user), [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
        const auto outcome = promise.get_future().get();
        const std::lock_guard lock(mutex);
        written[user] = std::holds_alternative<Committed>(outcome);
        if (!written[user])
          EXPECT_EQ(failed(outcome), Failure::read_only);
      }
    });
  }
  threads.clear();
  service.stop();
  const State state(*memory.state(), AccountId{"acme"});
  for (const auto& [user, is_written] : written)
    EXPECT_EQ(state.member(UserId{user}).has_value(), is_written) << user;
  EXPECT_EQ(written.size(), static_cast<std::size_t>(submitters * commands_each));
  EXPECT_EQ(memory.head().value, 2U + static_cast<std::uint64_t>(
                                          std::ranges::count_if(written, [](const auto& one) { return one.second; })));
}

}  // namespace
}  // namespace gatehouse
